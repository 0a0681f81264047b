// @TOKEN@ stays here

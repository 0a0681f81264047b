-- The recorder's id of the camera, which survives a new name of the stream; and the first name, by which Home Assistant knows the
-- device, where it is another one.
ALTER TABLE stream ADD COLUMN camera TEXT;

ALTER TABLE stream ADD COLUMN device TEXT;

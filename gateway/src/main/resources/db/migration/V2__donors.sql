-- Runs that start from the end of another run of generation 0, their donor.
ALTER TABLE run ADD COLUMN donor_run_id VARCHAR(21);

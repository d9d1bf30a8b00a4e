-- Which runs an analysis reads: all of them, where analysis.run_id is the one that it is about.
CREATE TABLE analysis_run (
    analysis_id VARCHAR(21) NOT NULL,
    run_id VARCHAR(21) NOT NULL,
    PRIMARY KEY (analysis_id, run_id)
);
CREATE INDEX analysis_run_by_run ON analysis_run (run_id);
INSERT INTO analysis_run (analysis_id, run_id)
    SELECT a.analysis_id, r.run_id FROM analysis a JOIN run r ON a.request LIKE '%"' || r.run_id || '"%';

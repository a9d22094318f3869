BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE broadcasts (
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	article_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "broadcasts" VALUES('bs1','s1','Xylofonmuziek','','2026-11-22 12:00:00.000000','2026-11-22 12:00:00.000000');
CREATE TABLE flags (
	turn_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	is_seen BOOLEAN NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (turn_id, kind), 
	FOREIGN KEY(turn_id) REFERENCES turns (id) ON DELETE CASCADE
);
INSERT INTO "flags" VALUES('ts1','reported','2026-11-22 12:00:00.000000',1,'2026-11-22 12:00:00.000000');
CREATE TABLE opinions (
	turn_id VARCHAR NOT NULL, 
	pupil_id VARCHAR NOT NULL, 
	opinion VARCHAR NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (turn_id, pupil_id), 
	FOREIGN KEY(pupil_id) REFERENCES pupils (id) ON DELETE CASCADE, 
	FOREIGN KEY(turn_id) REFERENCES turns (id) ON DELETE CASCADE
);
INSERT INTO "opinions" VALUES('ts1','ps1','reported','2026-11-22 12:00:00.000000');
CREATE TABLE pupils (
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	nickname TEXT NOT NULL, 
	token_hash VARCHAR NOT NULL, 
	joined_at DATETIME NOT NULL, 
	is_removed BOOLEAN NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "pupils" VALUES('ps1','s1','Xylofonmuziek','token','2026-11-22 12:00:00.000000',0,'2026-11-22 12:00:00.000000');
CREATE TABLE results (
	turn_id VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	is_right BOOLEAN NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (turn_id, place), 
	FOREIGN KEY(turn_id) REFERENCES turns (id) ON DELETE CASCADE
);
INSERT INTO "results" VALUES('ts1',0,1,'2026-11-22 12:00:00.000000');
CREATE TABLE secrets (
	role VARCHAR NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (role)
);
INSERT INTO "secrets" VALUES('teacher','$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA');
CREATE TABLE sessions (
	id VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	language VARCHAR NOT NULL, 
	levels JSON NOT NULL, 
	articles JSON NOT NULL, 
	minutes INTEGER NOT NULL, 
	shares BOOLEAN NOT NULL, 
	opened_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	is_locked BOOLEAN NOT NULL, 
	holds BOOLEAN NOT NULL, 
	ended_at DATETIME, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
INSERT INTO "sessions" VALUES('s1','tigre-luna-4827','La musica','it','["child", "tween"]','[]',60,0,'2026-11-22 12:00:00.000000','2026-11-22 13:00:00.000000','open',0,0,NULL,'2026-11-22 12:00:00.000000');
CREATE TABLE sign_ins (
	token_hash VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (token_hash)
);
INSERT INTO "sign_ins" VALUES('token','2026-11-23 12:00:00.000000');
CREATE TABLE turns (
	id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	pupil_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	language VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	progress VARCHAR NOT NULL, 
	answer JSON, 
	problem VARCHAR NOT NULL, 
	is_held BOOLEAN NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(pupil_id) REFERENCES pupils (id) ON DELETE CASCADE, 
	FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "turns" VALUES('ts1','s1','ps1',1,'Che cos’è Xylofonmuziek?','it','child','2026-11-22 12:00:00.000000','answered','{"format": 1, "answer": {"question": "Chi canta?", "language": "it", "level": "child", "status": "answered", "text": "\u00c8 Xylofonmuziek.", "sentences": [{"text": "\u00c8 Xylofonmuziek.", "citations": [1], "supported": true, "quoted": false, "eased": false, "voice": "news"}], "fixed": [], "citations": [{"number": 1, "article_id": "cowboy", "title": "Il cowboy", "outlet": "Il Chiarino", "published": "2025-11-18", "url": "https://demo.example/cowboy", "language": "it", "kind": "news", "voice": "news", "speaker": "", "audience": "child", "quote": "Il cowboy non esiste.", "start": 0, "end": 21, "score": 0.9}], "understood": "Chi canta?", "unsure": false, "notice": "", "as_of": null, "age_note": "", "conflicts": [], "suggestions": [], "steps": [], "timings": {"retrieve_s": 0.1, "first_sentence_s": 0.2, "total_s": 0.3}, "readability": {"sentences": 1, "words_per_sentence": 8.6, "long_words": 10.0, "lix": 30.0, "difficulty": 0.0, "level": null, "longest_sentence": 0, "rare_words": 0.0, "formulas": {}, "margin": 0.0, "reliable": false, "notes": []}}, "quiz": null}','',0,'2026-11-22 12:00:00.000000');
INSERT INTO "turns" VALUES('us1','s1','ps1',2,'Chi canta?','it','child','2026-11-22 12:00:00.000000','running','null','',0,'2026-11-22 12:00:00.000000');
CREATE INDEX ix_sessions_left_at ON sessions (left_at);
CREATE INDEX ix_broadcasts_left_at ON broadcasts (left_at);
CREATE INDEX ix_broadcasts_session_id ON broadcasts (session_id);
CREATE INDEX ix_pupils_left_at ON pupils (left_at);
CREATE INDEX ix_pupils_session_id ON pupils (session_id);
CREATE INDEX ix_turns_left_at ON turns (left_at);
CREATE INDEX ix_turns_pupil_id ON turns (pupil_id);
CREATE INDEX ix_turns_session_id ON turns (session_id);
CREATE INDEX ix_flags_left_at ON flags (left_at);
CREATE INDEX ix_opinions_left_at ON opinions (left_at);
CREATE INDEX ix_results_left_at ON results (left_at);
COMMIT;

BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE answers (
	id VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	question TEXT NOT NULL, 
	language VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	article_id VARCHAR NOT NULL, 
	from_article BOOLEAN NOT NULL, 
	asked_mark VARCHAR NOT NULL, 
	told_mark VARCHAR NOT NULL, 
	answer JSON NOT NULL, 
	opinion VARCHAR, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "answers" VALUES('a1','s1','2026-11-22','Chi canta?','it','child','answered','cowboy',1,'ef5b531b0eade183e32dbe638a437b26c9330af4300afb278b0109cb38bde035','d0e4b850afae3961b82c840f737f28c019af9b50ee37fcae1e1794ac6efb5aa4','{"question": "Chi canta?", "language": "it", "level": "child", "status": "answered", "text": "Il cowboy non esiste.", "sentences": [{"text": "Il cowboy non esiste.", "citations": [1], "supported": true, "quoted": false, "eased": false, "voice": "news"}], "fixed": [], "citations": [{"number": 1, "article_id": "cowboy", "title": "Il cowboy", "outlet": "Il Chiarino", "published": "2025-11-18", "url": "https://demo.example/cowboy", "language": "it", "kind": "news", "voice": "news", "speaker": "", "audience": "child", "quote": "Il cowboy non esiste.", "start": 0, "end": 21, "score": 0.9}], "understood": "Chi canta?", "unsure": false, "notice": "", "as_of": null, "age_note": "", "conflicts": [], "suggestions": [], "steps": [], "timings": {"retrieve_s": 0.1, "first_sentence_s": 0.2, "total_s": 0.3}, "readability": {"sentences": 1, "words_per_sentence": 8.6, "long_words": 10.0, "lix": 30.0, "difficulty": 0.0, "level": null, "longest_sentence": 0, "rare_words": 0.0, "formulas": {}, "margin": 0.0, "reliable": false, "notes": []}}','helpful','2026-11-22 00:00:00.000000');
CREATE TABLE arrivals (
	article_id VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	address TEXT NOT NULL, 
	fields JSON, 
	PRIMARY KEY (article_id), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE corrections (
	id VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	asked_mark VARCHAR NOT NULL, 
	told_mark VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	"on" DATE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
);
INSERT INTO "corrections" VALUES('3pYHRjxkPaG_WWWGEAFm','s1','ef5b531b0eade183e32dbe638a437b26c9330af4300afb278b0109cb38bde035','d0e4b850afae3961b82c840f737f28c019af9b50ee37fcae1e1794ac6efb5aa4','È stato corretto.','2026-11-22');
CREATE TABLE counts (
	site_id VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	status VARCHAR NOT NULL, 
	questions INTEGER NOT NULL, 
	left_at DATETIME NOT NULL, 
	PRIMARY KEY (site_id, day, status), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "counts" VALUES('s1','2026-11-22','crisis',1,'2026-11-22 00:00:00.000000');
CREATE TABLE pushed (
	site_id VARCHAR NOT NULL, 
	article_id VARCHAR NOT NULL, 
	PRIMARY KEY (site_id, article_id), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "pushed" VALUES('s1','cowboy');
CREATE TABLE sign_ins (
	token_hash VARCHAR NOT NULL, 
	site_id VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (token_hash), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
);
INSERT INTO "sign_ins" VALUES('t','s1','2026-11-23 12:00:00.000000');
CREATE TABLE signatures (
	signature VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (signature)
)
 WITHOUT ROWID

;
INSERT INTO "signatures" VALUES('s','2026-11-22 12:05:00.000000');
CREATE TABLE sites (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	"key" VARCHAR NOT NULL, 
	secret TEXT NOT NULL, 
	editor_hash VARCHAR NOT NULL, 
	origins JSON NOT NULL, 
	added DATE NOT NULL, 
	a_minute INTEGER NOT NULL, 
	reader_a_minute INTEGER NOT NULL, 
	a_month INTEGER NOT NULL, 
	rest BOOLEAN NOT NULL, 
	every_article BOOLEAN NOT NULL, 
	fetches BOOLEAN NOT NULL, 
	is_revoked BOOLEAN NOT NULL, country VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key"), 
	UNIQUE (name)
);
INSERT INTO "sites" VALUES('s1','Il Chiarino','PUBLIC-KEY','SERVER-SECRET','dddcba6d2de31444c550172ecc714652f729a1cb4131a47d84207a28ebdb0187','["https://news.example"]','2026-11-22',1000,100,50000,0,0,0,0,'IT');
CREATE TABLE usage (
	site_id VARCHAR NOT NULL, 
	month VARCHAR NOT NULL, 
	questions INTEGER NOT NULL, 
	PRIMARY KEY (site_id, month), 
	FOREIGN KEY(site_id) REFERENCES sites (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "usage" VALUES('s1','2026-11',1);
CREATE INDEX ix_signatures_expires_at ON signatures (expires_at);
CREATE INDEX ix_answers_asked_mark ON answers (asked_mark);
CREATE INDEX ix_answers_left_at ON answers (left_at);
CREATE INDEX ix_answers_site_id ON answers (site_id);
CREATE INDEX ix_answers_told_mark ON answers (told_mark);
CREATE INDEX ix_corrections_site_id ON corrections (site_id);
CREATE INDEX ix_counts_left_at ON counts (left_at);
COMMIT;

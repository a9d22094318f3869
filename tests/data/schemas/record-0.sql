BEGIN TRANSACTION;
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	language VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	published DATE, 
	outlet TEXT NOT NULL, 
	url TEXT NOT NULL, 
	audience VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	licence TEXT NOT NULL, 
	comments_start INTEGER, 
	content_hash VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('robot','Il robot','Il robot canta in città.','it','robot.md',NULL,'','','adult','news','',NULL,'0');
CREATE TABLE passages (
	id VARCHAR NOT NULL, 
	article_id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO "passages" VALUES('robot-0','robot','Il robot canta in città.',0,24,'news');
CREATE TABLE facts (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
COMMIT;

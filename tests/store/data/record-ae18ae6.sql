-- A record as standoff of commit ae18ae6 wrote it: three reports of our own, what was read in them, one decision.
CREATE TABLE migration (
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (version)
);
INSERT INTO "migration" VALUES (1, 'the first tables', '2031-05-06T07:08:09.101112+00:00');
CREATE TABLE report (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    url TEXT,
    published_day TEXT,
    published_basis TEXT,
    published_reason TEXT,
    provenance_path TEXT,
    provenance_sha256 TEXT,
    provenance_reader TEXT,
    recorded_at TEXT NOT NULL,
    retracted BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "report" VALUES ('r-c4051baed704084c', 'one', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June, the trade minister said on Monday. Beijing demanded that the duty be dropped before talks go on. “We ask for open ports,” Ana Régnier told the Harbour Post.', 'Harbour Post', 'Duty on steel', 'https://post.example/1', '2031-05-05', 'dateline', 'its first line', NULL, NULL, NULL, '2031-05-06T07:08:09.101112+00:00', 0);
INSERT INTO "report" VALUES ('r-f920e055319dca53', 'two', 'China''s ministry of commerce said it would not buy soybeans unless the tariff on steel is removed. The two sides spoke by telephone last week and will meet again in Geneva.', 'Quay News', 'No soybeans', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2031-05-06T07:08:09.101112+00:00', 0);
INSERT INTO "report" VALUES ('r-de5c8ce3419ae004', 'three', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June, the trade minister said on Monday. Beijing demanded that the duty be dropped before talks go on. “We ask for open ports,” Ana Régnier told the Harbour Post.', 'Other Post', NULL, NULL, '2031-05-06', 'sidecar', '', NULL, NULL, NULL, '2031-05-06T07:08:09.101112+00:00', 0);
CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES ('made_by', '0.1.0');
INSERT INTO "meta" VALUES ('pack', 'us-china-trade');
CREATE TABLE review (
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    class TEXT,
    report TEXT NOT NULL,
    evidence JSON,
    fields JSON,
    note TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "review" VALUES ('v-0123456789abcdef', '2031-05-06T08:00:00+00:00', 'ana', 'reject', 'move', 'r-c4051baed704084c', '[[0, 48]]', NULL, 'a question, no demand');
CREATE TABLE statement (
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    start INTEGER NOT NULL,
    evidence JSON NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    content JSON NOT NULL,
    cue JSON,
    source JSON,
    speaker TEXT,
    kind TEXT NOT NULL,
    speaks_for TEXT,
    via JSON NOT NULL,
    direct BOOLEAN NOT NULL,
    act TEXT NOT NULL,
    topic TEXT,
    count INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "statement" VALUES ('s-16c3c58801479c0b', 'r-c4051baed704084c', 0, '[[0, 72], [93, 97], [74, 92]]', 'statements/parenthesis@1', 0.85, '[0, 72]', '[93, 97]', '[74, 92]', 'the trade minister', 'official', NULL, '[]', 0, 'assert', NULL, NULL);
INSERT INTO "statement" VALUES ('s-19629046d2969da4', 'r-c4051baed704084c', 131, '[[131, 169], [117, 125], [109, 116]]', 'statements/that@1', 0.88, '[131, 169]', '[117, 125]', '[109, 116]', 'China', 'institution', 'CN', '[]', 0, 'ask', NULL, NULL);
INSERT INTO "statement" VALUES ('s-2c43a8c878d37e8d', 'r-c4051baed704084c', 172, '[[172, 194], [208, 212], [196, 207]]', 'statements/quote-before@1', 0.93, '[172, 194]', '[208, 212]', '[196, 207]', 'Ana Régnier', 'institution', NULL, '[]', 1, 'assert', NULL, NULL);
INSERT INTO "statement" VALUES ('s-44c59e8d2e32fdf4', 'r-f920e055319dca53', 34, '[[34, 97], [29, 33], [0, 28]]', 'statements/that@1', 0.88, '[34, 97]', '[29, 33]', '[0, 28]', 'Ministry of Commerce', 'institution', 'CN', '[]', 0, 'assert', NULL, NULL);
INSERT INTO "statement" VALUES ('s-942cebcc9696c24c', 'r-de5c8ce3419ae004', 0, '[[0, 72], [93, 97], [74, 92]]', 'statements/parenthesis@1', 0.85, '[0, 72]', '[93, 97]', '[74, 92]', 'the trade minister', 'official', NULL, '[]', 0, 'assert', NULL, NULL);
INSERT INTO "statement" VALUES ('s-489c5caa0744dbb5', 'r-de5c8ce3419ae004', 131, '[[131, 169], [117, 125], [109, 116]]', 'statements/that@1', 0.88, '[131, 169]', '[117, 125]', '[109, 116]', 'China', 'institution', 'CN', '[]', 0, 'ask', NULL, NULL);
INSERT INTO "statement" VALUES ('s-e6a08e29db2e6d57', 'r-de5c8ce3419ae004', 172, '[[172, 194], [208, 212], [196, 207]]', 'statements/quote-before@1', 0.93, '[172, 194]', '[208, 212]', '[196, 207]', 'Ana Régnier', 'institution', NULL, '[]', 1, 'assert', NULL, NULL);
CREATE TABLE move (
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    start INTEGER NOT NULL,
    evidence JSON NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    type TEXT NOT NULL,
    "by" TEXT,
    "to" TEXT,
    actor TEXT,
    issue TEXT NOT NULL,
    what TEXT NOT NULL,
    status TEXT NOT NULL,
    "when" TEXT,
    date TEXT,
    deadline TEXT,
    said_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "move" VALUES ('m-0b86a57567605b69', 'r-c4051baed704084c', 0, '[[0, 48]]', 'moves/ease-ahead@2', 0.8, 'commit', 'US', 'CN', 'Washington', 'tariffs', 'its tariff', 'made', 'on 1 June', '2031-06-01', NULL, 's-16c3c58801479c0b');
INSERT INTO "move" VALUES ('m-e5fe63827ecca60d', 'r-c4051baed704084c', 109, '[[109, 169]]', 'moves/content@2', 0.8, 'demand', 'CN', 'US', 'Beijing', 'tariffs', 'the duty be dropped', 'made', NULL, NULL, NULL, NULL);
INSERT INTO "move" VALUES ('m-c452c6b5f474dba7', 'r-f920e055319dca53', 34, '[[34, 97]]', 'moves/will-not@2', 0.8, 'refuse', 'CN', 'US', NULL, 'purchases', 'to buy soybeans', 'made', NULL, NULL, NULL, 's-44c59e8d2e32fdf4');
INSERT INTO "move" VALUES ('m-3bd56816d6963196', 'r-f920e055319dca53', 60, '[[60, 97]]', 'moves/condition@2', 0.8, 'demand', 'CN', 'US', NULL, 'tariffs', 'the tariff on steel be removed', 'made', NULL, NULL, NULL, 's-44c59e8d2e32fdf4');
INSERT INTO "move" VALUES ('m-7d1c86f2ca0ec4b0', 'r-f920e055319dca53', 146, '[[146, 171]]', 'moves/will-jointly@2', 0.55, 'agree', 'US', 'CN', 'The two sides', 'talks', 'to meet again in Geneva', 'expected', NULL, NULL, NULL, NULL);
INSERT INTO "move" VALUES ('m-4a344143bef6af57', 'r-de5c8ce3419ae004', 0, '[[0, 48]]', 'moves/ease-ahead@2', 0.8, 'commit', 'US', 'CN', 'Washington', 'tariffs', 'its tariff', 'made', 'on 1 June', '2031-06-01', NULL, 's-942cebcc9696c24c');
INSERT INTO "move" VALUES ('m-9da45f18412242c3', 'r-de5c8ce3419ae004', 109, '[[109, 169]]', 'moves/content@2', 0.8, 'demand', 'CN', 'US', 'Beijing', 'tariffs', 'the duty be dropped', 'made', NULL, NULL, NULL, NULL);
CREATE TABLE measure (
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    start INTEGER NOT NULL,
    evidence JSON NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    instrument TEXT NOT NULL,
    "by" TEXT,
    "on" TEXT,
    rate_percent FLOAT,
    amount_usd FLOAT,
    goods TEXT,
    status TEXT NOT NULL,
    reason TEXT,
    "when" TEXT,
    announced TEXT,
    effective TEXT,
    suspended TEXT,
    removed TEXT,
    said_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "measure" VALUES ('m-075827a3268245c8', 'r-c4051baed704084c', 0, '[[0, 62]]', 'measures/tariff@1', 0.9, 'tariff', 'US', 'CN', 25.0, NULL, 'Chinese steel', 'lifted', NULL, 'on 1 June', NULL, NULL, NULL, '2031-06-01', 's-16c3c58801479c0b');
INSERT INTO "measure" VALUES ('m-dea6b1c4a355e6ed', 'r-f920e055319dca53', 34, '[[34, 59]]', 'measures/purchase-commitment@1', 0.8, 'purchase-commitment', 'CN', 'US', NULL, NULL, 'soybeans', 'proposed', NULL, NULL, NULL, NULL, NULL, NULL, 's-44c59e8d2e32fdf4');
INSERT INTO "measure" VALUES ('m-a41f5d81a672c3ed', 'r-f920e055319dca53', 67, '[[67, 97]]', 'measures/tariff@1', 0.7, 'tariff', NULL, NULL, NULL, NULL, 'steel', 'in-force', NULL, NULL, NULL, NULL, NULL, NULL, 's-44c59e8d2e32fdf4');
INSERT INTO "measure" VALUES ('m-7228785135f093c9', 'r-de5c8ce3419ae004', 0, '[[0, 62]]', 'measures/tariff@1', 0.9, 'tariff', 'US', 'CN', 25.0, NULL, 'Chinese steel', 'lifted', NULL, 'on 1 June', NULL, NULL, NULL, '2031-06-01', 's-942cebcc9696c24c');
CREATE TABLE contact (
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    start INTEGER NOT NULL,
    evidence JSON NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    kind TEXT NOT NULL,
    who JSON NOT NULL,
    parties JSON NOT NULL,
    place TEXT,
    "when" TEXT,
    date TEXT,
    level TEXT,
    status TEXT NOT NULL,
    said_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "contact" VALUES ('c-3d62158009741673', 'r-f920e055319dca53', 99, '[[99, 171]]', 'contacts/verb-call@1', 0.7, 'call', '["The two sides"]', '["US", "CN"]', NULL, 'last week', NULL, NULL, 'held', NULL);
INSERT INTO "contact" VALUES ('c-88e96fa1500f34b9', 'r-f920e055319dca53', 99, '[[99, 171]]', 'contacts/verb-meeting@1', 0.7, 'meeting', '["The two sides"]', '["US", "CN"]', 'Geneva', NULL, NULL, NULL, 'planned', NULL);
CREATE TABLE linkage (
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    start INTEGER NOT NULL,
    evidence JSON NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    kind TEXT NOT NULL,
    "by" TEXT,
    first TEXT NOT NULL,
    "then" TEXT NOT NULL,
    first_actor TEXT,
    then_actor TEXT,
    said_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "linkage" VALUES ('l-8d85fad334757cd7', 'r-c4051baed704084c', 131, '[[131, 169]]', 'linkages/before@1', 0.6, 'precondition', 'CN', 'the duty is dropped', 'talks go on', 'US', 'CN', 's-19629046d2969da4');
INSERT INTO "linkage" VALUES ('l-27c7cca038fe5bdf', 'r-f920e055319dca53', 34, '[[34, 97]]', 'linkages/unless@1', 0.55, 'precondition', 'CN', 'the tariff on steel is removed', 'China buys soybeans', 'US', 'CN', 's-44c59e8d2e32fdf4');
INSERT INTO "linkage" VALUES ('l-37d36792f1932caa', 'r-de5c8ce3419ae004', 131, '[[131, 169]]', 'linkages/before@1', 0.6, 'precondition', 'CN', 'the duty is dropped', 'talks go on', 'US', 'CN', 's-489c5caa0744dbb5');
CREATE TABLE screening (
    report TEXT NOT NULL,
    "view" TEXT,
    pieces JSON NOT NULL,
    repeats JSON NOT NULL,
    boilerplate JSON NOT NULL,
    spun BOOLEAN,
    stale BOOLEAN NOT NULL,
    PRIMARY KEY (report),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "screening" VALUES ('r-c4051baed704084c', NULL, '{"all": [], "changed": []}', '[]', '[]', 0, 0);
INSERT INTO "screening" VALUES ('r-f920e055319dca53', NULL, '{"all": [], "changed": []}', '[]', '[]', 0, 1);
INSERT INTO "screening" VALUES ('r-de5c8ce3419ae004', NULL, '{"all": [], "changed": []}', '[]', '[]', 0, 0);
CREATE TABLE fingerprint (
    hash BIGINT NOT NULL,
    report TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (hash, report, position),
    FOREIGN KEY(report) REFERENCES report (id)
)
 WITHOUT ROWID
;
INSERT INTO "fingerprint" VALUES (124847951847470508, 'r-c4051baed704084c', 126);
INSERT INTO "fingerprint" VALUES (1452047461264337477, 'r-c4051baed704084c', 21);
INSERT INTO "fingerprint" VALUES (2031074531404785308, 'r-c4051baed704084c', 49);
INSERT INTO "fingerprint" VALUES (2039501119610733914, 'r-c4051baed704084c', 68);
INSERT INTO "fingerprint" VALUES (2263569267382397621, 'r-c4051baed704084c', 183);
INSERT INTO "fingerprint" VALUES (124847951847470508, 'r-de5c8ce3419ae004', 126);
INSERT INTO "fingerprint" VALUES (1452047461264337477, 'r-de5c8ce3419ae004', 21);
INSERT INTO "fingerprint" VALUES (2031074531404785308, 'r-de5c8ce3419ae004', 49);
INSERT INTO "fingerprint" VALUES (2039501119610733914, 'r-de5c8ce3419ae004', 68);
INSERT INTO "fingerprint" VALUES (2263569267382397621, 'r-de5c8ce3419ae004', 183);
INSERT INTO "fingerprint" VALUES (278584902504248305, 'r-f920e055319dca53', 119);
INSERT INTO "fingerprint" VALUES (470997010872489588, 'r-f920e055319dca53', 47);
INSERT INTO "fingerprint" VALUES (1315169001336790595, 'r-f920e055319dca53', 81);
CREATE TABLE signature (
    report TEXT NOT NULL,
    hashes INTEGER NOT NULL,
    vector BLOB,
    traced BOOLEAN NOT NULL,
    PRIMARY KEY (report),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "signature" VALUES ('r-c4051baed704084c', 5, X'e9d6d9cb2202000066c106e2dd1f00004e6b81ccd63b00006f787626234400003ba58cf457470000c3c3f60cb25d0000e2481656eb6900002d609e989c6e00004b636ad4be6e0000f99bd6fae97b00002bdd2060e3950000221b371b719700008ba0adcc769a0000f89136ac9bad000065424bb55ab20000376900a290d70000d44e309c36e10000b2aad02637e6000070bd33aa24e700001b6fa1d0cfec0000b989c3503df300008c0c2f0b74020009e9043a07e90446036903460fd20f3a0774020006d203bb0ec604af032f088c097505', 1);
INSERT INTO "signature" VALUES ('r-f920e055319dca53', 3, X'1a04f92a4619000042ee6a3c201c0000b74e298a082500007164b7e91b37000044f6f7a7048d0000221b371b7197000058ff6c1c96ac0000c81542ba94b5000053d3112783d000008591e35ea5d300006cbbebab08eb0000895f30bc34ec00001b6fa1d0cfec0000b1666ece3dfd00004c02d00bb81172036606b2088409840968106e043c06740d7c0bd40a', 1);
INSERT INTO "signature" VALUES ('r-de5c8ce3419ae004', 5, X'e9d6d9cb2202000066c106e2dd1f00004e6b81ccd63b00006f787626234400003ba58cf457470000c3c3f60cb25d0000e2481656eb6900002d609e989c6e00004b636ad4be6e0000f99bd6fae97b00002bdd2060e3950000221b371b719700008ba0adcc769a0000f89136ac9bad000065424bb55ab20000376900a290d70000d44e309c36e10000b2aad02637e6000070bd33aa24e700001b6fa1d0cfec0000b989c3503df300008c0c2f0b74020009e9043a07e90446036903460fd20f3a0774020006d203bb0ec604af032f088c097505', 1);
CREATE TABLE term (
    term BIGINT NOT NULL,
    day INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (term, day, report),
    FOREIGN KEY(report) REFERENCES report (id)
)
 WITHOUT ROWID
;
INSERT INTO "term" VALUES (2348472194793, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (35037840327014, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (65793740073806, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (74917759842415, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (78443090584891, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (103019303060419, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (116459482532066, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (121618854469677, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (121765886583627, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (136244865965049, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (164803802881323, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (166512043694882, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (169835030749323, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (190884120793592, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (196102658409061, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (237016193198391, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (247624664895188, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (253124548799154, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (254144660356464, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (260377302626075, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (267444673546681, 741567, 'r-c4051baed704084c');
INSERT INTO "term" VALUES (2348472194793, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (35037840327014, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (65793740073806, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (74917759842415, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (78443090584891, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (103019303060419, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (116459482532066, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (121618854469677, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (121765886583627, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (136244865965049, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (164803802881323, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (166512043694882, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (169835030749323, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (190884120793592, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (196102658409061, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (237016193198391, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (247624664895188, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (253124548799154, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (254144660356464, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (260377302626075, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (267444673546681, 741568, 'r-de5c8ce3419ae004');
INSERT INTO "term" VALUES (27789159367706, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (30924778171970, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (40718607929015, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (60593024754801, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (155051137431108, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (166512043694882, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (189760721977176, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (199650384680392, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (229261714772819, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (232707215036805, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (258422476618604, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (259711239741321, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (260377302626075, 0, 'r-f920e055319dca53');
INSERT INTO "term" VALUES (278441898174129, 0, 'r-f920e055319dca53');
CREATE TABLE relation (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    kind TEXT NOT NULL,
    score FLOAT NOT NULL,
    passages JSON NOT NULL,
    PRIMARY KEY (a, b, kind),
    FOREIGN KEY(a) REFERENCES report (id),
    FOREIGN KEY(b) REFERENCES report (id)
);
INSERT INTO "relation" VALUES ('r-de5c8ce3419ae004', 'r-c4051baed704084c', 'copy', 1.0, '[[0, 229, 0, 229]]');
CREATE TABLE entry (
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    passages JSON NOT NULL,
    PRIMARY KEY (n),
    FOREIGN KEY(report) REFERENCES report (id)
);
INSERT INTO "entry" VALUES (1, 'report', 'r-c4051baed704084c', 'r-c4051baed704084c', '[[0, 230]]');
INSERT INTO "entry" VALUES (2, 'statement', 's-16c3c58801479c0b', 'r-c4051baed704084c', '[[0, 72], [93, 97], [74, 92]]');
INSERT INTO "entry" VALUES (3, 'statement', 's-19629046d2969da4', 'r-c4051baed704084c', '[[131, 169], [117, 125], [109, 116]]');
INSERT INTO "entry" VALUES (4, 'statement', 's-2c43a8c878d37e8d', 'r-c4051baed704084c', '[[172, 194], [208, 212], [196, 207]]');
INSERT INTO "entry" VALUES (5, 'move', 'm-0b86a57567605b69', 'r-c4051baed704084c', '[[0, 48]]');
INSERT INTO "entry" VALUES (6, 'move', 'm-e5fe63827ecca60d', 'r-c4051baed704084c', '[[109, 169]]');
INSERT INTO "entry" VALUES (7, 'measure', 'm-075827a3268245c8', 'r-c4051baed704084c', '[[0, 62]]');
INSERT INTO "entry" VALUES (8, 'linkage', 'l-8d85fad334757cd7', 'r-c4051baed704084c', '[[131, 169]]');
INSERT INTO "entry" VALUES (9, 'report', 'r-f920e055319dca53', 'r-f920e055319dca53', '[[0, 172]]');
INSERT INTO "entry" VALUES (10, 'statement', 's-44c59e8d2e32fdf4', 'r-f920e055319dca53', '[[34, 97], [29, 33], [0, 28]]');
INSERT INTO "entry" VALUES (11, 'move', 'm-c452c6b5f474dba7', 'r-f920e055319dca53', '[[34, 97]]');
INSERT INTO "entry" VALUES (12, 'move', 'm-3bd56816d6963196', 'r-f920e055319dca53', '[[60, 97]]');
INSERT INTO "entry" VALUES (13, 'move', 'm-7d1c86f2ca0ec4b0', 'r-f920e055319dca53', '[[146, 171]]');
INSERT INTO "entry" VALUES (14, 'measure', 'm-dea6b1c4a355e6ed', 'r-f920e055319dca53', '[[34, 59]]');
INSERT INTO "entry" VALUES (15, 'measure', 'm-a41f5d81a672c3ed', 'r-f920e055319dca53', '[[67, 97]]');
INSERT INTO "entry" VALUES (16, 'contact', 'c-3d62158009741673', 'r-f920e055319dca53', '[[99, 171]]');
INSERT INTO "entry" VALUES (17, 'contact', 'c-88e96fa1500f34b9', 'r-f920e055319dca53', '[[99, 171]]');
INSERT INTO "entry" VALUES (18, 'linkage', 'l-27c7cca038fe5bdf', 'r-f920e055319dca53', '[[34, 97]]');
INSERT INTO "entry" VALUES (19, 'report', 'r-de5c8ce3419ae004', 'r-de5c8ce3419ae004', '[[0, 230]]');
INSERT INTO "entry" VALUES (20, 'statement', 's-942cebcc9696c24c', 'r-de5c8ce3419ae004', '[[0, 72], [93, 97], [74, 92]]');
INSERT INTO "entry" VALUES (21, 'statement', 's-489c5caa0744dbb5', 'r-de5c8ce3419ae004', '[[131, 169], [117, 125], [109, 116]]');
INSERT INTO "entry" VALUES (22, 'statement', 's-e6a08e29db2e6d57', 'r-de5c8ce3419ae004', '[[172, 194], [208, 212], [196, 207]]');
INSERT INTO "entry" VALUES (23, 'move', 'm-4a344143bef6af57', 'r-de5c8ce3419ae004', '[[0, 48]]');
INSERT INTO "entry" VALUES (24, 'move', 'm-9da45f18412242c3', 'r-de5c8ce3419ae004', '[[109, 169]]');
INSERT INTO "entry" VALUES (25, 'measure', 'm-7228785135f093c9', 'r-de5c8ce3419ae004', '[[0, 62]]');
INSERT INTO "entry" VALUES (26, 'linkage', 'l-37d36792f1932caa', 'r-de5c8ce3419ae004', '[[131, 169]]');
CREATE VIRTUAL TABLE words USING fts5(own, quoted, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO "words" (rowid, own, quoted) VALUES (1, 'Duty on steel', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June, the trade minister said on Monday. Beijing demanded that the duty be dropped before talks go on. “We ask for open ports,” Ana Régnier told the Harbour Post.');
INSERT INTO "words" (rowid, own, quoted) VALUES (2, 'the trade minister', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June
said
the trade minister');
INSERT INTO "words" (rowid, own, quoted) VALUES (3, 'China', 'the duty be dropped before talks go on
demanded
Beijing');
INSERT INTO "words" (rowid, own, quoted) VALUES (4, 'Ana Régnier', 'We ask for open ports,
told
Ana Régnier');
INSERT INTO "words" (rowid, own, quoted) VALUES (5, 'Washington
its tariff', 'Washington will lift its tariff on Chinese steel');
INSERT INTO "words" (rowid, own, quoted) VALUES (6, 'Beijing
the duty be dropped', 'Beijing demanded that the duty be dropped before talks go on');
INSERT INTO "words" (rowid, own, quoted) VALUES (7, 'Chinese steel', 'Washington will lift its tariff on Chinese steel to 25 percent');
INSERT INTO "words" (rowid, own, quoted) VALUES (8, 'the duty is dropped
talks go on', 'the duty be dropped before talks go on');
INSERT INTO "words" (rowid, own, quoted) VALUES (9, 'No soybeans', 'China''s ministry of commerce said it would not buy soybeans unless the tariff on steel is removed. The two sides spoke by telephone last week and will meet again in Geneva.');
INSERT INTO "words" (rowid, own, quoted) VALUES (10, 'Ministry of Commerce', 'it would not buy soybeans unless the tariff on steel is removed
said
China''s ministry of commerce');
INSERT INTO "words" (rowid, own, quoted) VALUES (11, 'to buy soybeans', 'it would not buy soybeans unless the tariff on steel is removed');
INSERT INTO "words" (rowid, own, quoted) VALUES (12, 'the tariff on steel be removed', 'unless the tariff on steel is removed');
INSERT INTO "words" (rowid, own, quoted) VALUES (13, 'The two sides
to meet again in Geneva', 'will meet again in Geneva');
INSERT INTO "words" (rowid, own, quoted) VALUES (14, 'soybeans', 'it would not buy soybeans');
INSERT INTO "words" (rowid, own, quoted) VALUES (15, 'steel', 'the tariff on steel is removed');
INSERT INTO "words" (rowid, own, quoted) VALUES (16, 'The two sides', 'The two sides spoke by telephone last week and will meet again in Geneva');
INSERT INTO "words" (rowid, own, quoted) VALUES (17, 'The two sides
Geneva', 'The two sides spoke by telephone last week and will meet again in Geneva');
INSERT INTO "words" (rowid, own, quoted) VALUES (18, 'the tariff on steel is removed
China buys soybeans', 'it would not buy soybeans unless the tariff on steel is removed');
INSERT INTO "words" (rowid, own, quoted) VALUES (19, '', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June, the trade minister said on Monday. Beijing demanded that the duty be dropped before talks go on. “We ask for open ports,” Ana Régnier told the Harbour Post.');
INSERT INTO "words" (rowid, own, quoted) VALUES (20, 'the trade minister', 'Washington will lift its tariff on Chinese steel to 25 percent on 1 June
said
the trade minister');
INSERT INTO "words" (rowid, own, quoted) VALUES (21, 'China', 'the duty be dropped before talks go on
demanded
Beijing');
INSERT INTO "words" (rowid, own, quoted) VALUES (22, 'Ana Régnier', 'We ask for open ports,
told
Ana Régnier');
INSERT INTO "words" (rowid, own, quoted) VALUES (23, 'Washington
its tariff', 'Washington will lift its tariff on Chinese steel');
INSERT INTO "words" (rowid, own, quoted) VALUES (24, 'Beijing
the duty be dropped', 'Beijing demanded that the duty be dropped before talks go on');
INSERT INTO "words" (rowid, own, quoted) VALUES (25, 'Chinese steel', 'Washington will lift its tariff on Chinese steel to 25 percent');
INSERT INTO "words" (rowid, own, quoted) VALUES (26, 'the duty is dropped
talks go on', 'the duty be dropped before talks go on');
CREATE INDEX ix_report_name ON report (name);
CREATE INDEX ix_review_report ON review (report);
CREATE INDEX ix_statement_report ON statement (report);
CREATE INDEX ix_move_report ON move (report);
CREATE INDEX ix_measure_report ON measure (report);
CREATE INDEX ix_contact_report ON contact (report);
CREATE INDEX ix_linkage_report ON linkage (report);
CREATE INDEX ix_fingerprint_report ON fingerprint (report);
CREATE INDEX ix_signature_traced ON signature (traced);
CREATE INDEX ix_term_report ON term (report);
CREATE INDEX ix_relation_b ON relation (b);
CREATE INDEX ix_entry_report ON entry (report, kind);
CREATE TRIGGER review_is_append_only_UPDATE BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;
CREATE TRIGGER review_is_append_only_DELETE BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;
CREATE TRIGGER report_text_is_fixed BEFORE UPDATE OF id, text, outlet, url ON report
BEGIN SELECT RAISE(ABORT, 'the text of a report is fixed at reading'); END;

-- The tables of the SQLite export. Keys lead to tables that are there: a relation's target may lie outside a selection.
PRAGMA user_version = 2;
CREATE TABLE venues (id TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, kind TEXT NOT NULL,
  publisher TEXT, url TEXT, address TEXT);
CREATE TABLE units (id TEXT PRIMARY KEY, label TEXT NOT NULL, dimension TEXT NOT NULL, factor NUMERIC);
CREATE TABLE metrics (id TEXT PRIMARY KEY, label TEXT NOT NULL, resource TEXT NOT NULL, phase TEXT,
  better TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE models (id TEXT PRIMARY KEY, label TEXT NOT NULL, family TEXT, maker TEXT, parameters INTEGER,
  card_entry TEXT, card_variant TEXT, source TEXT);
CREATE TABLE devices (id TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, maker TEXT, memory NUMERIC,
  memory_unit TEXT, bandwidth_gbs NUMERIC, source TEXT);
CREATE TABLE device_peaks (device TEXT NOT NULL REFERENCES devices(id), format TEXT NOT NULL,
  tflops NUMERIC NOT NULL, PRIMARY KEY (device, format)) WITHOUT ROWID;
CREATE TABLE topics (id TEXT PRIMARY KEY, parent TEXT REFERENCES topics(id), position INTEGER NOT NULL,
  title TEXT NOT NULL, scope TEXT NOT NULL, section TEXT, provisional INTEGER NOT NULL);
CREATE TABLE entries (key TEXT PRIMARY KEY, title TEXT NOT NULL, name TEXT, kind TEXT NOT NULL,
  year INTEGER NOT NULL, cited_venue TEXT NOT NULL REFERENCES venues(id), cited_year INTEGER NOT NULL,
  doi TEXT, arxiv TEXT, url TEXT,
  code_url TEXT, code_official INTEGER, project_url TEXT, models_url TEXT, docs_url TEXT, blog_url TEXT,
  requires_known INTEGER NOT NULL, hardware_known INTEGER NOT NULL,
  summary_LEVEL TEXT, added TEXT NOT NULL, checked TEXT, authors TEXT NOT NULL);
CREATE TABLE authors (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  name TEXT NOT NULL, family TEXT NOT NULL, given TEXT, suffix TEXT, is_group INTEGER NOT NULL,
  PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE records (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  venue TEXT NOT NULL REFERENCES venues(id), year INTEGER NOT NULL, month INTEGER, SCHEME TEXT,
  url TEXT, volume TEXT, issue TEXT, pages TEXT, note TEXT, article TEXT, book TEXT, publisher TEXT, title TEXT,
  reprint INTEGER NOT NULL,
  PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE entry_topics (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  topic TEXT NOT NULL REFERENCES topics(id), PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE effects (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  resource TEXT NOT NULL, phase TEXT NOT NULL, change TEXT NOT NULL, how TEXT NOT NULL,
  PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE requires (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  requirement TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE hardware (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  hardware TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE modalities (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  modality TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE results (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  metric TEXT NOT NULL, value NUMERIC NOT NULL, upper NUMERIC, unit TEXT NOT NULL, comparator TEXT NOT NULL,
  baseline TEXT, model TEXT, hardware TEXT, setting TEXT, measured_by TEXT,
  source_where TEXT NOT NULL, source_url TEXT NOT NULL,
  id TEXT NOT NULL, metric_id TEXT, resource TEXT, phase TEXT, better TEXT, metric_kind TEXT,
  model_id TEXT, device_id TEXT, device_count INTEGER,
  baseline_entry TEXT, baseline_value NUMERIC, source_record TEXT, source_entry TEXT, source_version TEXT,
  source_kind TEXT NOT NULL, source_number TEXT, read_in TEXT,
  PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE reproductions (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  result_id TEXT NOT NULL, outcome TEXT NOT NULL, value NUMERIC, unit TEXT, why TEXT,
  source_where TEXT NOT NULL, source_url TEXT NOT NULL, source_kind TEXT NOT NULL, source_entry TEXT,
  read_in TEXT, told TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE relations (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  type TEXT NOT NULL, target TEXT NOT NULL TARGET_REFERENCE, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE model_figures (entry TEXT NOT NULL REFERENCES entries(key), position INTEGER NOT NULL,
  variant TEXT NOT NULL, figure TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (entry, position, figure)) WITHOUT ROWID;
CREATE INDEX entry_topics_topic ON entry_topics (topic);
CREATE INDEX effects_resource ON effects (resource, phase);
CREATE INDEX records_venue ON records (venue);
CREATE INDEX results_metric ON results (metric_id, model_id);
CREATE INDEX relations_target ON relations (target);
CREATE VIRTUAL TABLE search USING fts5(key UNINDEXED, title, name, authors, summary_INDEXED,
  content="entries", tokenize = 'unicode61 remove_diacritics 2');

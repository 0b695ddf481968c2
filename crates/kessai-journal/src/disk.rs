//! A journal in one file.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use redb::{Database, ReadableTable, Table, TableDefinition, WriteTransaction};

use crate::journal::{Journal, JournalError};
use crate::record::{Intent, Record, State};

/// By kind and reference: the state, its version, the key and the note.
const INTENTS: TableDefinition<(&str, &str), Row> = TableDefinition::new("intents");
/// When each was begun, in nanoseconds since 1970. Journals of the first version have none of it.
const BEGUN: TableDefinition<(&str, &str), u64> = TableDefinition::new("begun");

type Row = (u8, u32, Option<&'static str>, &'static str);
type Place = (&'static str, &'static str);

/// Both tables, to be written.
struct Tables<'a> {
    intents: Table<'a, Place, Row>,
    begun: Table<'a, Place, u64>,
}

/// A journal in one file, which one program at a time has open.
///
/// Writing waits for the disk, and blocks the thread for those milliseconds.
pub struct DiskJournal {
    database: Database,
}

impl DiskJournal {
    /// Opens the journal that is there.
    ///
    /// It makes none: a program that starts in another folder by mistake would find everything
    /// unpaid. [`create`](DiskJournal::create) one when you set your program up.
    ///
    /// # Errors
    ///
    /// If there is none, or it is no journal, cannot be read or written, or another program has it
    /// open.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let database = Database::open(path).map_err(fail)?;
        // What is no journal is not to become one.
        database.begin_read().map_err(fail)?.open_table(INTENTS).map_err(fail)?;
        Self::of(database)
    }

    /// Makes a new journal, in a file that nobody but the user of this program can read, for it
    /// holds idempotency keys and your notes. (On Windows, whoever may read the folder can.)
    ///
    /// # Errors
    ///
    /// If there is a file already, or it cannot be made.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let path = path.as_ref();
        let file = new_file(path).map_err(JournalError::new)?;
        let created = Self::fill(file, path);
        if created.is_err() {
            let _ = fs::remove_file(path);
        }
        created
    }

    fn fill(file: File, path: &Path) -> Result<Self, JournalError> {
        let journal = Self::of(Database::builder().create_file(file).map_err(fail)?)?;
        keep_name(path).map_err(JournalError::new)?;
        Ok(journal)
    }

    fn of(database: Database) -> Result<Self, JournalError> {
        let journal = Self { database };
        // So that there are tables to read.
        journal.write(|_| Ok(()))?;
        Ok(journal)
    }

    /// A journal that ends with the test.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        Self::on(redb::backends::InMemoryBackend::new())
    }

    #[cfg(test)]
    fn on(backend: impl redb::StorageBackend) -> Self {
        let database = Database::builder().create_with_backend(backend).expect("a database");
        Self::of(database).expect("a journal")
    }

    /// Writes all of it to disk, or nothing.
    fn write<T>(
        &self,
        act: impl FnOnce(&mut Tables<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let transaction = self.database.begin_write().map_err(fail)?;
        let written = within(&transaction, act)?;
        transaction.commit().map_err(fail)?;
        Ok(written)
    }
}

/// A file that was not there before.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes the name of a new file to disk: it is in the folder, and not in what the file syncs.
fn keep_name(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn within<T>(
    transaction: &WriteTransaction,
    act: impl FnOnce(&mut Tables<'_>) -> Result<T, JournalError>,
) -> Result<T, JournalError> {
    let intents = transaction.open_table(INTENTS).map_err(fail)?;
    let begun = transaction.open_table(BEGUN).map_err(fail)?;
    act(&mut Tables { intents, begun })
}

fn fail(error: impl Into<redb::Error>) -> JournalError {
    JournalError::new(error.into())
}

fn place(intent: &Intent) -> (&str, &str) {
    (&intent.kind, &intent.reference)
}

/// As the table has it.
fn nanos(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

fn put(intents: &mut Table<'_, Place, Row>, record: &Record) -> Result<(), JournalError> {
    let state = match record.state {
        State::Begun => 0,
        State::Sent => 1,
        State::Done => 2,
    };
    let row = (state, record.version, record.key.as_deref(), &*record.note);
    intents.insert(place(&record.intent), row).map_err(fail)?;
    Ok(())
}

fn find(
    intents: &impl ReadableTable<Place, Row>,
    begun: &impl ReadableTable<Place, u64>,
    intent: &Intent,
) -> Result<Option<Record>, JournalError> {
    let Some(row) = intents.get(place(intent)).map_err(fail)? else { return Ok(None) };
    read(intent.clone(), row.value(), begun).map(Some)
}

fn read(
    intent: Intent,
    (state, version, key, note): (u8, u32, Option<&str>, &str),
    begun: &impl ReadableTable<Place, u64>,
) -> Result<Record, JournalError> {
    let state = match state {
        0 => State::Begun,
        2 => State::Done,
        // What a newer version of this crate may have written was sent, as far as anybody knows.
        _ => State::Sent,
    };
    let begun = begun.get(place(&intent)).map_err(fail)?.map_or(0, |nanos| nanos.value());
    let begun_at = UNIX_EPOCH + Duration::from_nanos(begun);
    let (key, note) = (key.map(str::to_owned), note.to_owned());
    Ok(Record { intent, state, version, key, begun_at, note })
}

impl Tables<'_> {
    fn find(&self, intent: &Intent) -> Result<Option<Record>, JournalError> {
        find(&self.intents, &self.begun, intent)
    }
}

impl Journal for DiskJournal {
    fn begin(
        &self,
        intent: &Intent,
        key: Option<&str>,
        note: &str,
        now: SystemTime,
    ) -> Result<Record, JournalError> {
        if let Some(known) = self.get(intent)? {
            return Ok(known);
        }
        self.write(|tables| {
            // Somebody may have been quicker.
            if let Some(known) = tables.find(intent)? {
                return Ok(known);
            }
            let now = nanos(now);
            let record = Record {
                intent: intent.clone(),
                state: State::Begun,
                version: 0,
                key: key.map(str::to_owned),
                begun_at: UNIX_EPOCH + Duration::from_nanos(now),
                note: note.to_owned(),
            };
            put(&mut tables.intents, &record)?;
            tables.begun.insert(place(intent), now).map_err(fail)?;
            Ok(record)
        })
    }

    fn change(&self, record: &Record, state: State) -> Result<Option<Record>, JournalError> {
        self.write(|tables| {
            if tables.find(&record.intent)?.as_ref() != Some(record) {
                return Ok(None);
            }
            let changed = Record { state, version: record.version + 1, ..record.clone() };
            put(&mut tables.intents, &changed)?;
            Ok(Some(changed))
        })
    }

    fn strike(&self, record: &Record) -> Result<bool, JournalError> {
        self.write(|tables| {
            let is_same = tables.find(&record.intent)?.as_ref() == Some(record);
            if is_same {
                let place = place(&record.intent);
                tables.intents.remove(place).map_err(fail)?;
                tables.begun.remove(place).map_err(fail)?;
            }
            Ok(is_same)
        })
    }

    fn get(&self, intent: &Intent) -> Result<Option<Record>, JournalError> {
        let transaction = self.database.begin_read().map_err(fail)?;
        let intents = transaction.open_table(INTENTS).map_err(fail)?;
        let begun = transaction.open_table(BEGUN).map_err(fail)?;
        find(&intents, &begun, intent)
    }

    fn open(&self) -> Result<Vec<Record>, JournalError> {
        let transaction = self.database.begin_read().map_err(fail)?;
        let intents = transaction.open_table(INTENTS).map_err(fail)?;
        let begun = transaction.open_table(BEGUN).map_err(fail)?;
        let mut open = Vec::new();
        for row in intents.iter().map_err(fail)? {
            let (place, row) = row.map_err(fail)?;
            let (kind, reference) = place.value();
            // As it stands there: what was written down once is not refused now.
            let intent = Intent { kind: kind.to_owned(), reference: reference.to_owned() };
            let record = read(intent, row.value(), &begun)?;
            if record.state != State::Done {
                open.push(record);
            }
        }
        Ok(open)
    }
}

impl fmt::Debug for DiskJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DiskJournal")
    }
}

#[cfg(test)]
mod tests;

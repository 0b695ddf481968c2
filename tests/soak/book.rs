//! The journal of a shop: a file that outlives its programs.

use std::fs;
use std::path::PathBuf;

use kessai_core::{Call, Decode, Error, Looks, Settled, Sight};
use kessai_journal::{Carried, CarryError, DiskJournal, Intent, carry_out};

use super::till::Setup;

/// A journal on disk.
pub struct Book {
    path: PathBuf,
    /// Open, but for a moment between two programs.
    journal: Option<DiskJournal>,
}

impl Book {
    pub fn new(setup: &Setup) -> Self {
        // The port is that of this soak alone.
        let port = setup.base_url.rsplit(':').next().expect("a port").to_owned();
        let path = std::env::temp_dir().join(format!("kessai-soak-{}-{port}", std::process::id()));
        let journal = Some(DiskJournal::create(&path).expect("a journal"));
        Self { path, journal }
    }

    /// Closes it with one program, and opens it with the next.
    pub fn restart(&mut self) {
        // One program at a time has the file open.
        drop(self.journal.take());
        self.journal = Some(DiskJournal::open(&self.path).expect("a journal"));
    }

    /// Makes a call once, or tells what was made of it earlier.
    pub async fn carry<'c, T: Decode, F, L>(
        &self,
        operation: &str,
        reference: &str,
        call: impl Fn() -> Call<'c, T>,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Result<Settled<T, F>, Error>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        let journal = self.journal.as_ref().expect("it is open");
        let intent = Intent::new(operation, reference).expect("a reference");
        match carry_out(journal, &intent, "", call(), |_| look(), looks).await {
            Ok(Carried::Settled(settled)) => Ok(settled),
            Ok(Carried::Earlier(_)) => match call().find_by_reference(look, looks).await {
                Ok(Sight::Found(found)) => Ok(Settled::Found(found)),
                Ok(_) => panic!("{reference}: it was done, and is not there"),
                Err(look) => Ok(Settled::Unknown { call: None, look: Some(look) }),
            },
            Err(CarryError::Call(error)) => Err(error),
            Err(CarryError::Journal(error)) => panic!("{error}"),
        }
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        drop(self.journal.take());
        let _ = fs::remove_file(&self.path);
    }
}

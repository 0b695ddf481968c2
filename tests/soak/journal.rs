//! UnivaPay with a journal on disk: the program that starts knows from it, and from nothing else, what
//! the one before was about to do.

use std::fs;
use std::path::PathBuf;

use kessai_core::{Error, Looks, Settled, Sight};
use kessai_journal::{Carried, CarryError, DiskJournal, Intent, carry_out};
use kessai_sandbox::{Ledger, Sandbox};

use super::shop::{Order, Paid, Setup, Till};
use super::univapay::{Charges, told};

pub struct Journaled {
    till: Charges,
    path: PathBuf,
    /// Open, but for a moment between two programs.
    journal: Option<DiskJournal>,
}

impl Till for Journaled {
    const NAME: &'static str = "UnivaPay, charges with a journal";

    /// The journal does.
    fn is_protected(&self, _: &Order) -> bool {
        true
    }

    async fn open(setup: Setup) -> Self {
        // The port is that of this soak alone.
        let port = setup.base_url.rsplit(':').next().expect("a port").to_owned();
        let path = std::env::temp_dir().join(format!("kessai-soak-{}-{port}", std::process::id()));
        let journal = Some(DiskJournal::create(&path).expect("a journal"));
        Self { till: Charges::open(setup).await, path, journal }
    }

    fn restart(&mut self) {
        self.till.restart();
        // One program at a time has the file open.
        drop(self.journal.take());
        self.journal = Some(DiskJournal::open(&self.path).expect("a journal"));
    }

    async fn pay(&self, order: &Order, _: bool, looks: &Looks) -> Result<Paid, Error> {
        let journal = self.journal.as_ref().expect("it is open");
        let intent = Intent::new("create_charge", &*order.reference).expect("a reference");
        let (call, look) = (self.till.call(order), |_| self.till.look(order));
        match carry_out(journal, &intent, "", call, look, looks).await {
            Ok(Carried::Settled(settled)) => Ok(told(settled)),
            Ok(Carried::Earlier(_)) => {
                let call = self.till.call(order);
                let found = call.find_by_reference(|| self.till.look(order), looks).await;
                let Ok(Sight::Found(charges)) = found else { panic!("it is there: {found:?}") };
                Ok(told(Settled::Found(charges)))
            }
            Err(CarryError::Call(error)) => Err(error),
            Err(CarryError::Journal(error)) => panic!("{error}"),
        }
    }

    async fn close(&self) {
        self.till.close().await;
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        Charges::ledger(sandbox)
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        Charges::base_url(sandbox)
    }
}

impl Drop for Journaled {
    fn drop(&mut self) {
        drop(self.journal.take());
        let _ = fs::remove_file(&self.path);
    }
}

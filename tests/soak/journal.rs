//! UnivaPay with a journal on disk: the program that starts knows from it, and from nothing else, what
//! the one before was about to do.

use std::ops::Range;

use kessai_core::{Error, Looks, Rejected};
use kessai_sandbox::{Ledger, Sandbox};

use super::book::Book;
use super::step::{Kind, Memory, Step};
use super::till::{Note, Order, Paid, Setup, Standing, Till};
use super::univapay::{Charges, of_charge};

pub struct Journaled {
    till: Charges,
    book: Book,
}

impl Till for Journaled {
    const NAME: &'static str = "UnivaPay, charges with a journal";

    /// The journal does.
    fn is_protected(&self, _: &Order) -> bool {
        true
    }

    async fn open(setup: Setup) -> Self {
        let book = Book::new(&setup);
        Self { till: Charges::open(setup).await, book }
    }

    fn restart(&mut self) {
        self.till.restart();
        self.book.restart();
    }

    async fn pay(&self, order: &Order, _: bool, looks: &Looks) -> Result<Paid, Error> {
        let (call, look) = (|| self.till.call(order), || self.till.look(order));
        let carried = self.book.carry("create_charge", &order.reference, call, look, looks);
        Ok(of_charge(carried.await?))
    }

    fn kinds(order: &Order) -> &'static [Kind] {
        Charges::kinds(order)
    }

    async fn go_on(&self, step: &Step, _: bool, looks: &Looks) -> Result<Paid, Error> {
        self.till.step(step, Memory::Journal(&self.book), looks).await
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        self.till.events(after)
    }

    fn sign(&self, body: &[u8]) -> String {
        self.till.sign(body)
    }

    fn sealed(body: &[u8]) -> Range<usize> {
        Charges::sealed(body)
    }

    fn read(&self, signature: &str, body: &[u8]) -> Result<Note, Rejected> {
        self.till.read(signature, body)
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        self.till.standing(payment).await
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

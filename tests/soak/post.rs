//! The webhooks of a provider on their way to the shop, and what the shop makes of them.
//!
//! Each comes one to three times, late and in any order, and some come forged. A shop that does not
//! acknowledge one gets it again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use super::chance::Chance;
use super::shop::Shop;
use super::till::{Note, Standing, Till};

const MINUTE: u64 = 60_000;

/// How long a webhook is on its way at most, and how long until one that was not acknowledged comes
/// again, in milliseconds.
const LATEST: u64 = 20 * MINUTE;
const AGAIN: i64 = 5 * 60_000;

/// One delivery.
#[derive(Clone, Debug)]
pub struct Letter {
    due: i64,
    /// Which of the events it is.
    event: usize,
    body: Vec<u8>,
    /// Which bit of what is sealed, or of the proof, is another; nothing if it is genuine.
    forged: Option<usize>,
}

/// What is on its way.
#[derive(Debug)]
pub struct Post {
    chance: Chance,
    /// How many events were sent.
    sent: usize,
    letters: Vec<Letter>,
}

impl Post {
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), sent: 0, letters: Vec::new() }
    }

    /// Sends events that have not been sent yet.
    fn send(&mut self, events: Vec<Vec<u8>>, now: i64) {
        for body in events {
            let event = self.sent;
            self.sent += 1;
            let copies = 1 + self.chance.below(3);
            let forged = u64::from(self.chance.percent(20));
            for copy in 0..copies + forged {
                let late = i64::try_from(self.chance.below(LATEST)).expect("a time");
                let forged = (copy == copies).then(|| self.chance.below(1 << 30));
                let forged = forged.map(|bit| usize::try_from(bit).expect("a place"));
                let body = body.clone();
                self.letters.push(Letter { due: now + late, event, body, forged });
            }
        }
    }

    /// One of those that are due, whichever.
    fn next(&mut self, until: i64) -> Option<Letter> {
        let letters = self.letters.iter().enumerate();
        let due: Vec<_> =
            letters.filter(|(_, letter)| letter.due <= until).map(|(index, _)| index).collect();
        (!due.is_empty()).then(|| self.letters.swap_remove(self.chance.one_of(&due)))
    }
}

/// What the shop has read. It outlives the program, as a database does.
#[derive(Debug, Default)]
pub struct Inbox(Mutex<Told>);

/// What came of all webhooks.
#[derive(Debug, Default)]
pub struct Told {
    /// The events that somebody handles, and whether it is done.
    claims: BTreeMap<String, bool>,
    /// How the payments stand.
    pub standings: BTreeMap<String, Standing>,
    /// How often each event was handled.
    pub handled: BTreeMap<usize, u32>,
    pub events: usize,
    pub deliveries: u64,
    pub rejected: u64,
    pub known: u64,
    pub wrong: Vec<String>,
}

impl Inbox {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().expect("nobody panicked with it")
    }

    pub fn into_told(self) -> Told {
        self.0.into_inner().expect("nobody panicked with it")
    }

    /// What a program that has ended was handling, nobody handles.
    pub fn restart(&self) {
        self.told().claims.retain(|_, done| *done);
    }
}

impl Told {
    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// Keeps what a handler has seen.
    fn keep(&mut self, event: usize, note: Note, standing: Standing) {
        let Note { key, payment } = note;
        *self.handled.entry(event).or_default() += 1;
        let before = self.standings.insert(payment.clone(), standing).unwrap_or_default();
        let holds = before.captured <= standing.captured
            && before.refunded <= standing.refunded
            && before.canceled <= standing.canceled;
        self.must(holds, || format!("{payment}: it moves back, {before:?}, {standing:?}"));
        self.claims.insert(key, true);
    }
}

impl<T: Till> Shop<T> {
    /// Lets the webhooks come that are due by then.
    pub async fn deliver(&mut self, until: i64) {
        let events = self.till.events(self.post.sent);
        self.post.send(events, self.clock.now_ms());
        self.inbox.told().events = self.post.sent;
        while let Some(letter) = self.post.next(until) {
            let opened = if self.chance.percent(20) {
                let twice = async { tokio::join!(self.open(&letter), self.open(&letter)) };
                self.unless_it_ends(twice).await.map(|(one, other)| one && other)
            } else {
                self.unless_it_ends(self.open(&letter)).await
            };
            if opened.is_none() {
                self.start();
            }
            if opened != Some(true) {
                self.post.letters.push(Letter { due: letter.due + AGAIN, ..letter });
            }
        }
    }

    /// Answers a webhook; says whether it need not come again.
    async fn open(&self, letter: &Letter) -> bool {
        self.inbox.told().deliveries += 1;
        let (mut signature, mut body) = (self.till.sign(&letter.body), letter.body.clone());
        if let Some(bit) = letter.forged {
            forge::<T>(&mut signature, &mut body, bit);
        }
        let read = self.till.read(&signature, &body);
        let note = {
            let mut told = self.inbox.told();
            let Ok(note) = read else {
                told.rejected += 1;
                told.must(letter.forged.is_some(), || format!("rejected: {read:?}"));
                return true;
            };
            told.must(letter.forged.is_none(), || format!("forged, and read: {note:?}"));
            match told.claims.get(&note.key) {
                Some(true) => {
                    told.known += 1;
                    return true;
                }
                Some(false) => return false,
                None => told.claims.insert(note.key.clone(), false),
            };
            note
        };
        // What it says may be old by now: what there is, only the provider knows.
        let standing = self.till.standing(&note.payment).await;
        let mut told = self.inbox.told();
        let Ok(standing) = standing else {
            told.claims.remove(&note.key);
            return false;
        };
        told.keep(letter.event, note, standing);
        true
    }
}

/// Changes one bit of what is sealed, or of the proof.
fn forge<T: Till>(signature: &mut String, body: &mut [u8], bit: usize) {
    let sealed = T::sealed(body);
    if sealed.is_empty() || (!signature.is_empty() && bit.is_multiple_of(4)) {
        // The last bit of a character of the proof, which tells digits apart.
        let at = signature.len() - 1 - bit / 4 % 16;
        let mut bytes = std::mem::take(signature).into_bytes();
        bytes[at] ^= 1;
        *signature = String::from_utf8(bytes).expect("ASCII");
    } else {
        let bit = bit / 4 % (sealed.len() * 8);
        body[sealed.start + bit / 8] ^= 1 << (bit % 8);
    }
}

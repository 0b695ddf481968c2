//! Lists that continue: pages, and their items one after the other.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::call::{Call, Pending};
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::transport::Transport;
use crate::wire::Decode;

/// After so many errors in a row, a walk gives up.
const MOST_ERRORS: u8 = 3;

/// One page of a list.
pub trait Page: Decode {
    /// What is listed.
    type Item;

    /// Its items, in the order of the list.
    fn into_items(self) -> Vec<Self::Item>;

    /// What tells an item from others.
    fn key(item: &Self::Item) -> &str;
}

/// Makes a struct the page of a list: which field holds the items, and which field of an item is
/// its identifier.
#[macro_export]
macro_rules! page {
    ($page:ident, [$items:ident: $item:ident by $key:ident]) => {
        impl $crate::Page for $page {
            type Item = $item;

            fn into_items(self) -> ::std::vec::Vec<$item> {
                self.$items
            }

            fn key(item: &$item) -> &str {
                item.$key.as_str()
            }
        }
    };
}

/// Every item of a list, page after page: a [`Stream`], and without one, [`next`](Items::next).
///
/// The list may change meanwhile. Each page begins with the last item of the page before. If a
/// page does not begin with an item that is known, something was taken out of the list, and the
/// walk goes back until it finds one: nothing that keeps its place in the list is skipped. (Pages
/// of one item cannot overlap. They are only walked if the provider gives no larger ones.) Nor is
/// anything given twice: the ids of all items are remembered. The walk ends where the list does.
///
/// After a call that failed, the same page is asked for again; after three such errors in a row,
/// and after that of a list that brings page after page without anything new, the walk has ended.
/// Dropping it leaves nothing behind.
#[must_use = "nothing is asked for until the items are"]
pub struct Items<'a, P: Page> {
    transport: &'a Transport,
    operation: &'static Operation,
    ask: Ask<'a, P>,
    under_way: Option<Pending<'a, P>>,
    here: VecDeque<P::Item>,
    walk: Walk,
    errors: u8,
}

type Ask<'a, P> = Box<dyn Fn(i64, i64) -> Call<'a, P> + Send + Sync + 'a>;

impl<'a, P: Page> Items<'a, P> {
    /// A walk from `offset` on in pages of `limit`, each of which `ask` makes a call of. The
    /// generated methods use it.
    pub fn new(
        transport: &'a Transport,
        operation: &'static Operation,
        offset: i64,
        limit: i64,
        ask: impl Fn(i64, i64) -> Call<'a, P> + Send + Sync + 'a,
    ) -> Self {
        Self {
            transport,
            operation,
            ask: Box::new(ask),
            under_way: None,
            here: VecDeque::new(),
            walk: Walk::new(offset, limit),
            errors: 0,
        }
    }

    /// The next item; `None` at the end of the list, or when the walk has given up.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// If a page cannot be had, or the list does not advance. What came before it is dropped.
    pub async fn into_vec(mut self) -> Result<Vec<P::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error>>> {
        loop {
            if let Some(item) = self.here.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some((offset, limit)) = self.walk.asks() else { return Poll::Ready(None) };
            let ask = &self.ask;
            let pending = self.under_way.get_or_insert_with(|| ask(offset, limit).into_future());
            let page = ready!(Pin::new(pending).poll(context));
            self.under_way = None;
            match page {
                Ok(page) => {
                    self.errors = 0;
                    let items = page.into_items();
                    let keys: Vec<&str> = items.iter().map(P::key).collect();
                    match self.walk.took(&keys) {
                        Ok(new) => {
                            let new = items.into_iter().zip(new).filter(|(_, new)| *new);
                            self.here.extend(new.map(|(item, _)| item));
                        }
                        Err(Endless) => {
                            self.walk.end();
                            return Poll::Ready(Some(Err(self.endless())));
                        }
                    }
                }
                Err(error) => {
                    self.errors += 1;
                    if self.errors >= MOST_ERRORS {
                        self.walk.end();
                    }
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn endless(&self) -> Error {
        let provider = self.transport.provider_name();
        Error::new(provider, self.operation.name(), Kind::Endless, Duration::ZERO)
    }
}

impl<P: Page> Stream for Items<'_, P>
where
    P::Item: Unpin,
{
    type Item = Result<P::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P: Page> fmt::Debug for Items<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.operation.name()).finish()
    }
}

/// Where a walk is: which page to ask for, and what has been seen.
#[derive(Debug)]
struct Walk {
    /// Where the walk began; it never goes back beyond.
    first: i64,
    /// Where the next page begins.
    offset: i64,
    /// How many items to ask for: two at least, one of which is known already.
    limit: i64,
    /// The most items that came in one page: the provider may give fewer than it is asked for.
    full: i64,
    seen: HashSet<Box<str>>,
    next: Next,
    /// How many pages in a row brought nothing new.
    idle: i64,
}

/// How the next page must begin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    /// With anything: there is no page before it, or pages of one, which cannot overlap.
    Anything,
    /// With an item that is known.
    Known,
    /// There is no next page.
    Ended,
}

/// A list that does not advance.
#[derive(Debug, Eq, PartialEq)]
struct Endless;

impl Walk {
    fn new(offset: i64, limit: i64) -> Self {
        let first = offset.max(0);
        Self {
            first,
            offset: first,
            limit: limit.max(2),
            full: 0,
            seen: HashSet::new(),
            next: Next::Anything,
            idle: 0,
        }
    }

    /// The page to ask for: its offset and its limit.
    fn asks(&self) -> Option<(i64, i64)> {
        (self.next != Next::Ended).then_some((self.offset, self.limit))
    }

    fn end(&mut self) {
        self.next = Next::Ended;
    }

    /// Takes the keys of a page that was asked for, and says of each item whether it is new.
    fn took(&mut self, keys: &[&str]) -> Result<Vec<bool>, Endless> {
        let count = i64::try_from(keys.len()).unwrap_or(i64::MAX);
        let known = keys.first().is_some_and(|key| self.seen.contains(*key));
        if self.next == Next::Known && !known {
            self.back();
            return Ok(vec![false; keys.len()]);
        }
        let new: Vec<bool> = keys.iter().map(|key| self.seen.insert(Box::from(*key))).collect();
        let nothing_new = !new.contains(&true);
        // The list ends where a page that fits onto what is known brings nothing more, and is
        // shorter than pages are.
        if count == 0 || (nothing_new && count < self.full) {
            self.end();
            return Ok(new);
        }
        self.full = self.full.max(count);
        self.idle = if nothing_new { self.idle + 1 } else { 0 };
        if self.idle > self.patience() {
            return Err(Endless);
        }
        (self.offset, self.next) = if self.full > 1 {
            (self.offset + count - 1, Next::Known)
        } else {
            (self.offset + count, Next::Anything)
        };
        Ok(new)
    }

    /// Goes back, to find an item that is known.
    fn back(&mut self) {
        self.offset = (self.offset - (self.full - 1).max(1)).max(self.first);
        self.next = if self.offset == self.first { Next::Anything } else { Next::Known };
    }

    /// How many pages may bring nothing new: as many as it takes to pass all that is known, which
    /// new items in front may have pushed to where the walk is, and a few for those that come
    /// meanwhile.
    fn patience(&self) -> i64 {
        let seen = i64::try_from(self.seen.len()).unwrap_or(i64::MAX);
        seen / (self.full - 1).max(1) + 8
    }
}

#[cfg(test)]
mod tests;

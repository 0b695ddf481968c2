//! Lists that continue: pages, and their items one after the other.

use std::collections::VecDeque;
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

mod trail;
mod walk;
mod window;

use trail::Trail;
use walk::Walk;

/// After so many errors in a row, a walk gives up.
const MOST_ERRORS: u8 = 3;

/// A list that does not advance.
#[derive(Debug, Eq, PartialEq)]
struct Endless;

/// One page of a list.
pub trait Page: Decode {
    /// What is listed.
    type Item;

    /// Its items, in the order of the list.
    fn into_items(self) -> Vec<Self::Item>;

    /// What tells an item from others.
    fn key(item: &Self::Item) -> &str;

    /// Whether the list goes on behind this page, where the page says it.
    fn more(&self) -> Option<bool> {
        None
    }

    /// Where the next page begins, where the page says it.
    fn next_cursor(&self) -> Option<&str> {
        None
    }
}

/// Makes a struct the page of a list: which field holds the items, and which field of an item is
/// its identifier; where the page has them, also which field says whether there is `more`, and
/// which holds the `next` cursor.
#[macro_export]
macro_rules! page {
    (
        $page:ident,
        [$items:ident: $item:ident by $key:ident $(, more: $more:ident)? $(, next: $next:ident)? $(,)?]
    ) => {
        impl $crate::Page for $page {
            type Item = $item;

            fn into_items(self) -> ::std::vec::Vec<$item> {
                $crate::__private::listed(self.$items)
            }

            fn key(item: &$item) -> &str {
                item.$key.as_str()
            }

            $(fn more(&self) -> ::core::option::Option<bool> {
                self.$more.into()
            })?

            $(fn next_cursor(&self) -> ::core::option::Option<&str> {
                self.$next.as_deref()
            })?
        }
    };
}

/// The items of a page, of which a list that is left out has none.
pub fn listed<T>(items: impl Into<Option<Vec<T>>>) -> Vec<T> {
    items.into().unwrap_or_default()
}

/// Every item of a list, page after page: a [`Stream`], and without one, [`next`](Items::next).
///
/// The list may change meanwhile. By offsets, each page begins with the last item of the page
/// before; where pages have numbers, it shows that item, for which a few items less are asked for.
/// If a page does not begin with an item that is known, something was taken out of the list, and
/// the walk goes back until it finds one: nothing that keeps its place in the list is skipped.
/// (Pages of one item cannot overlap. They are only walked if the provider gives no larger ones.)
/// By cursors, each page begins behind the last item of the page before, or where that page says.
/// Nothing is given twice: the ids of all items are remembered. The walk ends where the list does.
///
/// After a call that failed, the same page is asked for again; after three such errors in a row,
/// and after that of a list that does not advance, the walk has ended. Dropping it leaves nothing
/// behind.
#[must_use = "nothing is asked for until the items are"]
pub struct Items<'a, P: Page> {
    transport: &'a Transport,
    operation: &'static Operation,
    under_way: Option<Pending<'a, P>>,
    here: VecDeque<P::Item>,
    way: Way<'a, P>,
    errors: u8,
}

/// How a list is walked, and what makes a call of the next page.
enum Way<'a, P> {
    Offsets(Walk, AskAt<'a, P>),
    Numbers(Walk, AskAt<'a, P>),
    Cursors(Trail, AskBehind<'a, P>),
}

type AskAt<'a, P> = Box<dyn Fn(i64, i64) -> Call<'a, P> + Send + Sync + 'a>;
type AskBehind<'a, P> = Box<dyn Fn(Option<&str>) -> Call<'a, P> + Send + Sync + 'a>;

impl<'a, P> Way<'a, P> {
    /// The call of the next page; `None` at the end.
    fn ask(&mut self) -> Option<Call<'a, P>> {
        match self {
            Self::Offsets(walk, ask) => walk.asks().map(|(offset, limit)| ask(offset, limit)),
            Self::Numbers(walk, ask) => walk.asks_by_number().map(|(page, limit)| ask(page, limit)),
            Self::Cursors(trail, ask) => (!trail.has_ended()).then(|| ask(trail.cursor())),
        }
    }

    /// Says of each item of a page that was asked for whether it is new.
    fn took(
        &mut self,
        keys: &[&str],
        more: Option<bool>,
        next: Option<&str>,
    ) -> Result<Vec<bool>, Endless> {
        match self {
            Self::Offsets(walk, _) | Self::Numbers(walk, _) => walk.took(keys),
            Self::Cursors(trail, _) => trail.took(keys, more, next),
        }
    }

    fn end(&mut self) {
        match self {
            Self::Offsets(walk, _) | Self::Numbers(walk, _) => walk.end(),
            Self::Cursors(trail, _) => trail.end(),
        }
    }
}

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
        let way = Way::Offsets(Walk::new(offset, limit), Box::new(ask));
        Self::on(transport, operation, way)
    }

    /// A walk from `page` on, whose number is counted from one, in pages of `limit` at most, each of
    /// which `ask` makes a call of. The generated methods use it.
    pub fn by_number(
        transport: &'a Transport,
        operation: &'static Operation,
        page: i64,
        limit: i64,
        ask: impl Fn(i64, i64) -> Call<'a, P> + Send + Sync + 'a,
    ) -> Self {
        let offset = page.saturating_sub(1).saturating_mul(limit);
        let way = Way::Numbers(Walk::new(offset, limit), Box::new(ask));
        Self::on(transport, operation, way)
    }

    /// A walk that begins behind `cursor`, or where the list does, and goes from cursor to cursor,
    /// of each of which `ask` makes a call. The generated methods use it.
    pub fn by_cursor(
        transport: &'a Transport,
        operation: &'static Operation,
        cursor: Option<&str>,
        ask: impl Fn(Option<&str>) -> Call<'a, P> + Send + Sync + 'a,
    ) -> Self {
        let way = Way::Cursors(Trail::new(cursor), Box::new(ask));
        Self::on(transport, operation, way)
    }

    fn on(transport: &'a Transport, operation: &'static Operation, way: Way<'a, P>) -> Self {
        Self { transport, operation, under_way: None, here: VecDeque::new(), way, errors: 0 }
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
            let pending = match &mut self.under_way {
                Some(pending) => pending,
                none => match self.way.ask() {
                    Some(call) => none.insert(call.into_future()),
                    None => return Poll::Ready(None),
                },
            };
            let page = ready!(Pin::new(pending).poll(context));
            self.under_way = None;
            match page {
                Ok(page) => {
                    self.errors = 0;
                    let (more, next) = (page.more(), page.next_cursor().map(str::to_owned));
                    let items = page.into_items();
                    let keys: Vec<&str> = items.iter().map(P::key).collect();
                    match self.way.took(&keys, more, next.as_deref()) {
                        Ok(new) => {
                            let new = items.into_iter().zip(new).filter(|(_, new)| *new);
                            self.here.extend(new.map(|(item, _)| item));
                        }
                        Err(Endless) => {
                            self.way.end();
                            return Poll::Ready(Some(Err(self.endless())));
                        }
                    }
                }
                Err(error) => {
                    self.errors += 1;
                    if self.errors >= MOST_ERRORS {
                        self.way.end();
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

#[cfg(test)]
mod tests;

//! Where things of one kind are kept and found again by their ids.

use super::refusal::{self, Refusal};

/// What has an id of its own.
pub(super) trait Thing {
    fn id(&self) -> &str;
}

/// Things of one kind, oldest first.
pub(super) struct Shelf<T>(Vec<T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Thing> Shelf<T> {
    pub(super) fn put(&mut self, thing: T) {
        self.0.push(thing);
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// Looks among the newest first, which are meant most often.
    pub(super) fn find(&self, id: &str) -> Option<&T> {
        self.0.iter().rev().find(|thing| thing.id() == id)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut T> {
        self.0.iter_mut().rev().find(|thing| thing.id() == id)
    }

    /// The thing that a path names.
    pub(super) fn get(&self, id: &str) -> Result<&T, Refusal> {
        self.find(id).ok_or_else(|| refusal::NOT_FOUND.into())
    }

    /// The thing that a path names, to be changed.
    pub(super) fn get_mut(&mut self, id: &str) -> Result<&mut T, Refusal> {
        self.find_mut(id).ok_or_else(|| refusal::NOT_FOUND.into())
    }

    /// Lets go of the thing that a path names.
    pub(super) fn remove(&mut self, id: &str) -> Result<(), Refusal> {
        let place = self.0.iter().position(|thing| thing.id() == id);
        self.0.remove(place.ok_or(refusal::NOT_FOUND)?);
        Ok(())
    }
}

/// Says of each type that its id is its member `id`.
macro_rules! things {
    ($($thing:ty),* $(,)?) => {
        $(impl $crate::elepay::shelf::Thing for $thing {
            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

pub(super) use things;

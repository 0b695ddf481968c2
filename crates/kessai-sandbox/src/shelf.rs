//! Where things of one kind are kept and found again by their ids.

/// What has an id of its own.
pub(crate) trait Thing {
    fn id(&self) -> &str;
}

/// A path that names a thing which is not there; each provider has its own words for it.
#[derive(Debug)]
pub(crate) struct NotFound;

/// Things of one kind, oldest first.
pub(crate) struct Shelf<T>(Vec<T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Thing> Shelf<T> {
    pub(crate) fn put(&mut self, thing: T) {
        self.0.push(thing);
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// Looks among the newest first, which are meant most often.
    pub(crate) fn find(&self, id: &str) -> Option<&T> {
        self.0.iter().rev().find(|thing| thing.id() == id)
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut T> {
        self.0.iter_mut().rev().find(|thing| thing.id() == id)
    }

    /// The thing that a path names.
    pub(crate) fn get(&self, id: &str) -> Result<&T, NotFound> {
        self.find(id).ok_or(NotFound)
    }

    /// The thing that a path names, to be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Result<&mut T, NotFound> {
        self.find_mut(id).ok_or(NotFound)
    }

    /// Lets go of the thing that a path names.
    pub(crate) fn remove(&mut self, id: &str) -> Result<(), NotFound> {
        let place = self.0.iter().position(|thing| thing.id() == id);
        self.0.remove(place.ok_or(NotFound)?);
        Ok(())
    }
}

/// Says of each type that its id is its member `id`.
macro_rules! things {
    ($($thing:ty),* $(,)?) => {
        $(impl $crate::shelf::Thing for $thing {
            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

pub(crate) use things;

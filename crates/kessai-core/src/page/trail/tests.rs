//! Walks over lists that stay, grow, shrink, and go on for ever.

use super::*;

/// A page as a server answers it: its items, whether there is more, and the next cursor.
type Page = (Vec<u32>, Option<bool>, Option<String>);

/// What a page says besides its items.
#[derive(Clone, Copy, Debug)]
enum Says {
    Nothing,
    More,
    Cursor,
    Both,
}

const SAYS: [Says; 4] = [Says::Nothing, Says::More, Says::Cursor, Says::Both];

/// Walks a list that `answer` gives the pages of, and says what was given and what was asked.
///
/// `answer` gets the cursor and the number of the request.
fn walk(
    from: Option<&str>,
    mut answer: impl FnMut(Option<&str>, usize) -> Page,
) -> (Result<Vec<u32>, Endless>, Vec<Option<String>>) {
    let mut trail = Trail::new(from);
    let mut given = Vec::new();
    let mut asked = Vec::new();
    while !trail.has_ended() {
        let cursor = trail.cursor();
        let (items, more, next) = answer(cursor, asked.len());
        asked.push(cursor.map(ToOwned::to_owned));
        let keys: Vec<String> = items.iter().map(u32::to_string).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        match trail.took(&keys, more, next.as_deref()) {
            Ok(new) => {
                assert_eq!(new.len(), items.len());
                given.extend(items.iter().zip(new).filter(|(_, new)| *new).map(|(item, _)| *item));
            }
            Err(endless) => return (Err(endless), asked),
        }
    }
    (Ok(given), asked)
}

/// The page of `list`, whose items go up, behind the item that the cursor names, be it there or
/// not.
fn page(list: &[u32], cursor: Option<&str>, limit: usize, says: Says) -> Page {
    let cursor = cursor.map(|cursor| cursor.trim_start_matches("after ").parse().expect("an item"));
    let left: Vec<u32> =
        list.iter().copied().filter(|item| cursor.is_none_or(|cursor| *item > cursor)).collect();
    let items: Vec<u32> = left.iter().copied().take(limit).collect();
    let more = left.len() > items.len();
    // As one provider does it: the cursor is said only while there is more.
    let next = items.last().filter(|_| more).map(|last| format!("after {last}"));
    match says {
        Says::Nothing => (items, None, None),
        Says::More => (items, Some(more), None),
        Says::Cursor => (items, None, next),
        Says::Both => (items, Some(more), next),
    }
}

#[test]
fn a_list_that_stays_is_given_once_whatever_its_length_the_limit_and_what_pages_say() {
    for says in SAYS {
        for length in 0..30 {
            let list: Vec<u32> = (0..length).collect();
            for limit in 1..12 {
                let (given, _) = walk(None, |cursor, _| page(&list, cursor, limit, says));
                assert_eq!(
                    given.as_ref(),
                    Ok(&list),
                    "{length} items, {limit} at a time: {says:?}"
                );
            }
        }
    }
}

#[test]
fn a_page_that_says_whether_there_is_more_saves_a_request() {
    let list = [1, 2, 3, 4];
    let asked = |says| walk(None, |cursor, _| page(&list, cursor, 2, says)).1;
    let behind = |items: &[&str]| {
        let cursors = items.iter().map(|item| Some((*item).to_owned()));
        [None].into_iter().chain(cursors).collect::<Vec<_>>()
    };
    assert_eq!(asked(Says::More), behind(&["2"]));
    assert_eq!(asked(Says::Both), behind(&["after 2"]));
    assert_eq!(asked(Says::Nothing), behind(&["2", "4"]));
    assert_eq!(asked(Says::Cursor), behind(&["after 2", "4"]), "what is not said is the last item");
    let (_, asked) = walk(None, |cursor, _| page(&[], cursor, 2, Says::Nothing));
    assert_eq!(asked, [None], "an empty list takes one request");
}

#[test]
fn a_walk_begins_behind_the_item_it_is_given() {
    let list = [1, 2, 3, 4, 5];
    for says in SAYS {
        let (given, asked) = walk(Some("3"), |cursor, _| page(&list, cursor, 10, says));
        assert_eq!(given, Ok(vec![4, 5]), "{says:?}");
        assert_eq!(asked[0].as_deref(), Some("3"), "{says:?}");
    }
}

#[test]
fn an_empty_cursor_is_none() {
    let (given, asked) = walk(None, |cursor, _| {
        let (items, more, _) = page(&[1, 2, 3], cursor, 2, Says::Nothing);
        (items, more, Some(String::new()))
    });
    assert_eq!(given, Ok(vec![1, 2, 3]));
    assert_eq!(asked[1].as_deref(), Some("2"));
}

#[test]
fn a_list_ends_with_an_empty_page_whatever_the_page_says() {
    for more in [None, Some(false), Some(true)] {
        let next = Some("on and on".to_owned());
        let (given, asked) = walk(None, |_, _| (Vec::new(), more, next.clone()));
        assert_eq!((given, asked.len()), (Ok(Vec::new()), 1), "{more:?}");
    }
}

#[test]
fn what_stays_is_not_skipped_while_other_items_go_even_the_one_that_the_cursor_names() {
    // Before any request, any run of items may go.
    for says in SAYS {
        for limit in 1..6 {
            for at in 1..8 {
                for (from, to) in (0..12).flat_map(|from| (from..=12).map(move |to| (from, to))) {
                    let mut list: Vec<u32> = (0..12).collect();
                    let (given, _) = walk(None, |cursor, request| {
                        if request == at {
                            list.retain(|item| !(from..to).contains(item));
                        }
                        page(&list, cursor, limit, says)
                    });
                    let given = given.expect("an end");
                    for item in &list {
                        let what = format!("{item}; {limit} {at} {from} {to} {says:?}");
                        assert!(given.contains(item), "{what} of {given:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_is_given_twice_and_nothing_is_skipped_while_the_list_grows() {
    for says in SAYS {
        for limit in 1..6 {
            for at in 1..6 {
                for many in 1..9 {
                    // Twelve items far apart; the others come in front, between and behind them.
                    let old: Vec<u32> = (1..=12).map(|item| item * 100).collect();
                    let mut list = old.clone();
                    let (given, _) = walk(None, |cursor, request| {
                        if request == at {
                            list.extend((1..=many).map(|item| item * 173));
                            list.sort_unstable();
                        }
                        page(&list, cursor, limit, says)
                    });
                    let given = given.expect("an end");
                    let kept: Vec<u32> =
                        given.iter().copied().filter(|item| old.contains(item)).collect();
                    assert_eq!(kept, old, "{limit} {at} {many} {says:?}");
                    assert!(given.is_sorted_by(|one, next| one < next), "once each: {given:?}");
                }
            }
        }
    }
}

#[test]
fn an_item_that_comes_again_is_given_once() {
    // The cursor is meant to exclude the item it names; here it does not.
    let list: Vec<u32> = (0..10).collect();
    let (given, _) = walk(None, |cursor, _| {
        let from = cursor.map_or(0, |cursor| cursor.parse().expect("an item"));
        let items: Vec<u32> = list[from..].iter().copied().take(4).collect();
        let more = from + items.len() < list.len();
        (items, Some(more), None)
    });
    assert_eq!(given, Ok(list));
}

#[test]
fn a_provider_that_ignores_the_cursor_is_left() {
    for says in [Says::Nothing, Says::Cursor, Says::Both] {
        for length in 5..9 {
            let list: Vec<u32> = (0..length).collect();
            let (given, asked) = walk(None, |_, _| page(&list, None, 4, says));
            assert_eq!(given, Err(Endless), "{length} {says:?}");
            assert_eq!(asked.len(), 2, "{length} {says:?}");
        }
    }
    let (given, asked) = walk(Some("3"), |_, _| (vec![1, 2, 3], None, None));
    assert_eq!((given, asked.len()), (Err(Endless), 1), "nor is it asked again where it began");
}

#[test]
fn a_provider_with_ever_new_cursors_and_nothing_new_behind_them_is_left() {
    let (given, asked) =
        walk(None, |_, request| (vec![1, 2], Some(true), Some(format!("c{request}"))));
    assert_eq!((given, asked.len()), (Err(Endless), 2 + usize::from(MOST_IDLE)));
}

#[test]
fn any_provider_at_all_is_left_after_a_while() {
    // Answers drawn from ten items and three cursors, or ever new ones, without rhyme or reason.
    let mut state = 1_u64;
    let mut draw = move |most: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for round in 0..2000 {
        let cursors = if round % 2 == 0 { 3 } else { u64::MAX };
        let mut requests = 0;
        let (given, _) = walk(None, |_, _| {
            requests += 1;
            assert!(requests < 1000, "it goes on and on");
            let items = (0..=draw(4)).map(|_| u32::try_from(draw(10)).unwrap()).collect();
            let more = match draw(4) {
                0 => None,
                1 => Some(false),
                _ => Some(true),
            };
            let next = (draw(2) == 0).then(|| draw(cursors).to_string());
            (items, more, next)
        });
        let given = given.unwrap_or_default();
        let mut once = given.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), given.len(), "nothing is given twice");
    }
}

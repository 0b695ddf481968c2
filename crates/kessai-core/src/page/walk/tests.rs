//! Walks over lists that stay, grow, shrink, and go on for ever.

use super::*;

/// The offset and the limit of each request.
type Asked = Vec<(i64, i64)>;

/// Walks a list that `answer` gives the pages of, and says what was given and what was asked.
///
/// `answer` gets the offset, the limit and the number of the request.
fn walk(
    limit: i64,
    answer: impl FnMut(i64, i64, usize) -> Vec<u32>,
) -> (Result<Vec<u32>, Endless>, Asked) {
    follow(limit, Walk::asks, answer)
}

/// The same, where pages have numbers. `answer` gets the offset that a page of so many has.
fn walk_by_number(
    limit: i64,
    answer: impl FnMut(i64, i64, usize) -> Vec<u32>,
) -> (Result<Vec<u32>, Endless>, Asked) {
    let asks =
        |walk: &mut Walk| walk.asks_by_number().map(|(page, limit)| ((page - 1) * limit, limit));
    follow(limit, asks, answer)
}

fn follow(
    limit: i64,
    asks: fn(&mut Walk) -> Option<(i64, i64)>,
    mut answer: impl FnMut(i64, i64, usize) -> Vec<u32>,
) -> (Result<Vec<u32>, Endless>, Asked) {
    let mut walk = Walk::new(0, limit);
    let mut given = Vec::new();
    let mut asked = Vec::new();
    while let Some((offset, limit)) = asks(&mut walk) {
        let page = answer(offset, limit, asked.len());
        asked.push((offset, limit));
        let keys: Vec<String> = page.iter().map(u32::to_string).collect();
        match walk.took(&keys.iter().map(String::as_str).collect::<Vec<_>>()) {
            Ok(new) => {
                assert_eq!(new.len(), page.len());
                given.extend(page.iter().zip(new).filter(|(_, new)| *new).map(|(item, _)| *item));
            }
            Err(endless) => return (Err(endless), asked),
        }
    }
    (Ok(given), asked)
}

fn page(list: &[u32], offset: i64, limit: i64) -> Vec<u32> {
    let count = |number: i64| usize::try_from(number).unwrap();
    list.iter().skip(count(offset)).take(count(limit)).copied().collect()
}

#[test]
fn a_list_that_stays_is_given_once_whatever_its_length_and_the_limit() {
    for length in 0..30 {
        let list: Vec<u32> = (0..length).collect();
        for limit in 0..12 {
            let (given, _) = walk(limit, |offset, limit, _| page(&list, offset, limit));
            assert_eq!(given.as_ref(), Ok(&list), "{length} items, {limit} at a time");
        }
    }
}

#[test]
fn a_short_list_takes_two_requests_and_an_empty_one_takes_one() {
    let (_, asked) = walk(100, |offset, limit, _| page(&[1, 2, 3], offset, limit));
    assert_eq!(asked, [(0, 100), (2, 100)]);
    let (_, asked) = walk(100, |offset, limit, _| page(&[1], offset, limit));
    assert_eq!(asked, [(0, 100), (1, 100)]);
    let (_, asked) = walk(100, |offset, limit, _| page(&[], offset, limit));
    assert_eq!(asked, [(0, 100)]);
}

#[test]
fn a_provider_that_gives_fewer_than_it_is_asked_for_is_walked_to_the_end() {
    let list: Vec<u32> = (0..20).collect();
    for most in 1..8 {
        let (given, _) = walk(10, |offset, limit, _| page(&list, offset, limit.min(most)));
        assert_eq!(given.as_ref(), Ok(&list), "{most} at most");
    }
}

#[test]
fn numbered_pages_are_walked_to_the_end_whatever_their_size() {
    for length in 0..60 {
        let list: Vec<u32> = (0..length).collect();
        for limit in 0..12 {
            let (given, asked) =
                walk_by_number(limit, |offset, limit, _| page(&list, offset, limit));
            assert_eq!(given.as_ref(), Ok(&list), "{length} items, {limit} at a time");
            assert!(asked.iter().all(|(offset, size)| offset % size == 0 && *size <= limit.max(2)));
        }
    }
    let list: Vec<u32> = (0..3000).collect();
    let (given, asked) = walk_by_number(20, |offset, limit, _| page(&list, offset, limit));
    assert_eq!(given, Ok(list));
    assert_eq!(asked[..4], [(0, 20), (19, 19), (36, 18), (51, 17)]);
    assert!(asked.len() < 2 * 3000 / 20, "{} requests", asked.len());
}

#[test]
fn a_provider_that_gives_smaller_numbered_pages_is_walked_to_the_end() {
    let list: Vec<u32> = (0..50).collect();
    for most in 2..20 {
        let answer = |offset: i64, limit: i64, _| {
            let size = limit.min(most);
            page(&list, offset / limit * size, size)
        };
        let (given, _) = walk_by_number(20, answer);
        assert_eq!(given.as_ref(), Ok(&list), "{most} at most");
    }
}

#[test]
fn what_stays_is_not_skipped_on_numbered_pages() {
    let mut draw = draw();
    for round in 0..20_000 {
        let limit = 10 + i64::try_from(draw(12)).unwrap();
        let mut list: Vec<u32> = (0..u32::try_from(draw(90)).unwrap()).collect();
        let (mut stays, mut newest) = (list.clone(), 1000);
        let (given, _) = walk_by_number(limit, |offset, limit, request| {
            if request < 8 {
                stir(&mut list, &mut stays, &mut newest, &mut draw);
            }
            page(&list, offset, limit)
        });
        let given = given.unwrap_or_else(|_| panic!("round {round} does not end"));
        let skipped: Vec<_> = stays.iter().filter(|item| !given.contains(item)).collect();
        assert!(skipped.is_empty(), "round {round}: {skipped:?} of {given:?}");
    }
}

#[test]
fn what_stays_is_not_skipped_while_other_items_go() {
    // Before any request, any run of items may go, and the provider may give fewer than asked.
    for (limit, most) in (2..6).flat_map(|limit| (2..=limit).map(move |most| (limit, most))) {
        for at in 1..8 {
            for (from, to) in (0..12).flat_map(|from| (from..=12).map(move |to| (from, to))) {
                let mut list: Vec<u32> = (0..12).collect();
                let (given, _) = walk(limit, |offset, limit, request| {
                    if request == at {
                        list.retain(|item| !(from..to).contains(item));
                    }
                    page(&list, offset, limit.min(most))
                });
                let given = given.expect("an end");
                for item in &list {
                    assert!(given.contains(item), "{item} of {given:?}; {limit} {at} {from} {to}");
                }
            }
        }
    }
}

#[test]
fn what_stays_is_not_skipped_whatever_goes_and_comes_at_any_time() {
    let mut draw = draw();
    for round in 0..20_000 {
        let limit = 2 + i64::try_from(draw(8)).unwrap();
        let most = 2 + i64::try_from(draw(8)).unwrap();
        let mut list: Vec<u32> = (0..u32::try_from(draw(40)).unwrap()).collect();
        let (mut stays, mut newest) = (list.clone(), 1000);
        let (given, _) = walk(limit, |offset, limit, request| {
            if request < 8 {
                stir(&mut list, &mut stays, &mut newest, &mut draw);
            }
            page(&list, offset, limit.min(most))
        });
        let given = given.unwrap_or_else(|_| panic!("round {round} does not end"));
        let skipped: Vec<_> = stays.iter().filter(|item| !given.contains(item)).collect();
        assert!(skipped.is_empty(), "round {round}: {skipped:?} of {given:?}");
    }
}

#[test]
fn many_new_items_in_front_are_not_taken_for_a_list_without_end() {
    for (limit, many) in [(100, 900), (2, 50), (10, 3000)] {
        let mut list: Vec<u32> = (0..2000).collect();
        let (given, _) = walk(limit, |offset, limit, request| {
            if request == 15 {
                list.splice(0..0, (10_000..).take(many));
            }
            page(&list, offset, limit)
        });
        let mut given = given.expect("an end");
        given.retain(|item| *item < 10_000);
        assert_eq!(given, (0..2000).collect::<Vec<_>>(), "{limit} {many}");
    }
}

#[test]
fn nothing_is_given_twice_while_items_come_in_front() {
    for limit in 2..6 {
        for at in 1..6 {
            for many in 1..9 {
                let mut list: Vec<u32> = (0..12).collect();
                let (given, _) = walk(limit, |offset, limit, request| {
                    if request == at {
                        list.splice(0..0, (100..).take(many));
                    }
                    page(&list, offset, limit)
                });
                let mut given = given.expect("an end");
                given.retain(|item| *item < 100);
                assert_eq!(given, (0..12).collect::<Vec<_>>(), "{limit} {at} {many}");
            }
        }
    }
}

#[test]
fn a_provider_that_ignores_the_offset_is_left() {
    for length in 2..9 {
        let list: Vec<u32> = (0..length).collect();
        let (given, asked) = walk(4, |_, limit, _| page(&list, 0, limit));
        assert_eq!(given, Err(Endless), "{length}");
        assert!(asked.len() < 20);
    }
}

/// Takes items out of a list, and puts new ones in front; `stays` keeps what was there from the
/// beginning on. Not for ever: a list that changes faster than it is walked has no end.
fn stir(
    list: &mut Vec<u32>,
    stays: &mut Vec<u32>,
    newest: &mut u32,
    draw: &mut impl FnMut(u64) -> u64,
) {
    for _ in 0..draw(3) {
        if !list.is_empty() && draw(2) == 0 {
            let gone = list.remove(usize::try_from(draw(list.len() as u64)).unwrap());
            stays.retain(|item| *item != gone);
        } else {
            *newest += 1;
            list.insert(0, *newest);
        }
    }
}

/// Numbers below a bound that come again in every run.
fn draw() -> impl FnMut(u64) -> u64 {
    let mut state = 1_u64;
    move |most| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    }
}

#[test]
fn any_provider_at_all_is_left_after_a_while() {
    // Answers drawn from ten items without rhyme or reason.
    let mut draw = draw();
    for _ in 0..2000 {
        let mut requests = 0;
        let _ = walk(4, |_, _, _| {
            requests += 1;
            assert!(requests < 2000, "it goes on and on");
            (0..draw(5)).map(|_| u32::try_from(draw(10)).unwrap()).collect()
        });
    }
}

#!/usr/bin/env python3
"""What AppotaPay's signatures are made of, by a program that shares nothing with the Rust one.

It makes 10,000 messages with a generator of numbers that both programs have, signs them, and prints the digest of all
signatures, with the first few in full to find a fault by.
"""

import hashlib
import hmac
import json

KEY = b"secret-key"
CASES = 10_000
SHOWN = 20
LETTERS = "abcXYZ019 &=+/%\"\\,:;{}[]<>'#?\tđồngạ円€😀"
NAMES = "amount bankCode billCode errorCode extraData memo orderId payment time transaction".split()


class Numbers:
    """A linear congruential generator, 64 bits wide, of which the upper half is used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) % limit


def random_text(numbers, letters):
    return "".join(letters[numbers.below(len(letters))] for _ in range(numbers.below(12)))


def random_value(numbers):
    """A value and its JSON text."""
    kind = numbers.below(6)
    if kind == 0:
        return None
    if kind == 1:
        return "null"
    if kind == 2:
        return str(numbers.below(10) * 10 ** numbers.below(15))
    if kind == 3:
        plain = LETTERS[:10] + "đồạ"
        items = [f'"{random_text(numbers, plain)}":{numbers.below(1000)}' for _ in range(1)]
        return '{"list":[{' + ",".join(items) + '},null,"' + random_text(numbers, plain) + '"]}'
    return json.dumps(random_text(numbers, LETTERS), ensure_ascii=numbers.below(2) == 0)


def random_case(numbers):
    """The members that are signed, and a message that has some of them."""
    members, outer, inner = [], [], []
    for name in NAMES:
        if numbers.below(3) == 0:
            continue
        nested = numbers.below(3) == 0
        mark = numbers.below(4)
        value = random_value(numbers)
        path = f"inner.{name}" if nested else name
        members.append(path + "?" if mark == 0 else path + "=Array" if mark == 1 else path)
        if value is not None:
            (inner if nested else outer).append(f'"{name}": {value}')
    if inner:
        outer.append('"inner" : { ' + " ,".join(inner) + " }")
    return members, "{" + ", ".join(outer) + "}"


def signed_text(members, message):
    """The text that is signed, from the parsed message."""
    message = json.loads(message)
    pairs = []
    for member in members:
        if "=" in member:
            path, value = member.split("=")
        else:
            path, value = member.rstrip("?"), message
            for name in path.split("."):
                value = value.get(name) if isinstance(value, dict) else None
            if value is None:
                if member.endswith("?"):
                    continue
                value = ""
            elif isinstance(value, (dict, list)):
                value = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        pairs.append((path.split(".")[-1], str(value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def main():
    numbers, all_of_them, shown = Numbers(1), hashlib.sha256(), []
    for at in range(CASES):
        members, message = random_case(numbers)
        text = signed_text(members, message)
        signature = hmac.new(KEY, text.encode(), hashlib.sha256).hexdigest()
        all_of_them.update(signature.encode())
        if at < SHOWN:
            shown.append({"members": members, "message": message, "text": text, "signature": signature})
    print(json.dumps({"cases": CASES, "all": all_of_them.hexdigest(), "shown": shown}, indent=1, ensure_ascii=False))


main()

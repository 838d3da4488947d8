"""Work for the confined process."""


def busy(data: bytes) -> object:
    while data:
        pass
    return None


def greedy(data: bytes) -> object:
    return len(data * 10**10)


def wrong(data: bytes) -> object:
    raise ValueError("nothing of the kind")


def noisy(data: bytes) -> object:
    print("words of a library")
    return data.decode()

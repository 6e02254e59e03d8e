"""What comes from outside, mutated: an image with sanitizers gets frames from a socket pair, in
place of a tap interface, as they were recorded from real traffic and then damaged, and goes on
answering.

    corpus/     traffic.pcap: frames that clients sent to an image; *.http: requests
    record.py   makes the corpus
    run.py      throws it: `make fuzz` without end, tests/boot/test_fuzz.py a fixed number of times
"""

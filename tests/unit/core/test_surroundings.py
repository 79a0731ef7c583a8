from xuncha.plan import Surroundings


def test_what_surrounds_a_run_fills_parameters_of_that_name():
    assert Surroundings().probe_params == {}
    assert Surroundings(ca_file="/ca.pem", whois="127.0.0.1:4343").probe_params == {
        "ca_file": "/ca.pem",
        "whois": "127.0.0.1:4343",
    }

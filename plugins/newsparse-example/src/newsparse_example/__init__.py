"""The smallest complete plugin of newsparse."""

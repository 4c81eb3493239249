"""Who sees it: the server that stores passports and shows pages, labels and scores."""

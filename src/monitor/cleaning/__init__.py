"""Remove what is not the article and mend what scraping broke, every change recorded as an edit."""

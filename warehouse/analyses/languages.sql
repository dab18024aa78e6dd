-- In which languages do the articles stand, and how sure are we?
from languages
order by article_count desc, language;

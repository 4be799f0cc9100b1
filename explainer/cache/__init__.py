"""What a build keeps of each article, in one SQLite file: for other pages, and for the next build.

Each row of ``articles`` holds for the glossary and the base that the file names, whatever
happens to the process that writes it, unless ``touched`` says that it doesn't.
"""

from explainer.cache.archive import Archive
from explainer.cache.keeping import Cache
from explainer.cache.rows import Kept, Rows, rows_of

__all__ = ["Archive", "Cache", "Kept", "Rows", "rows_of"]

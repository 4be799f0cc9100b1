"""The end of a build: the pages made of all articles together, and all that goes into place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explainer.build import site_pages
from explainer.build.plan import Plan, is_as_filed
from explainer.build.progress import Progress
from explainer.build.site_pages import Part, SitePages
from explainer.build.team import Place, Team
from explainer.cache import Cache
from explainer.model import Built, Written
from explainer.standing import standing_of, standing_rows
from explainer.write import Output, Shelf, Staged


def make_site_pages(
    pages: SitePages, cache: Cache, shelf: Shelf, done: Progress, plan: Plan, team: Team
) -> None:
    """Make the pages that are due, and forget the files of those that there is no need for."""
    shop = pages.shop
    if not plan.stands or plan.changes_below(shop.config.content / "glossary"):
        site_pages.refuse_unusable_images(tuple(shop.glossary.by_id.values()), shop.templates)
    due = _due(pages, cache, plan)
    cache.commit()
    for owner, parts in team.make_pages(due, pages, cache, shelf):
        _keep(owner, parts, cache, done)
    if plan.is_due("lists/") or plan.is_due("machines") or cache.names_changed:
        machines = site_pages.for_machines(cache, list(cache.files()), shop.config)
        staged = ((one, shelf.put(one.name, one.content or b"")) for one in machines)
        _keep("machines", staged, cache, done)


def _due(pages: SitePages, cache: Cache, plan: Plan) -> list[str]:
    if not plan.stands:
        owners = pages.owners()
        cache.drop_strangers({"machines", *owners})
        return [one for one in owners if plan.is_due(one)]
    due = [one for one in sorted(plan.due) if pages.has(one)]
    cache.drop_files(plan.due - {"machines", *due})
    return due


def _keep(
    owner: str, parts: Iterable[tuple[Part, Staged | None]], cache: Cache, done: Progress
) -> None:
    rows = []
    for part, staged in parts:
        if staged:
            done.keep((staged,))
            rows.append((part.name, staged.size, staged.time, part.key))
        else:
            rows.append((part.name, *cache.stamp_of(part.name), part.key))
    cache.set_files(owner, rows)


def publish_files(
    plan: Plan, cache: Cache, place: Place, done: Progress, compiled: Mapping[str, bytes]
) -> Built:
    """Put all that was made in place, and remember that it is what the sources make."""
    stays = plan.output_stands and plan.stands and not cache.names_changed
    files, pages = _last_counts(cache) if stays else cache.counts()
    written = _put_in_place(cache, place, done, files if stays else None)
    reasons = plan.reasons_by_page(cache)
    built = Built(place.folder, pages, written, done.told(), reasons)
    stands = ""
    if plan.survey.is_settled and is_as_filed(plan.config):
        stands = standing_of(plan.survey, cache.number)
    cache.settle()
    for name, value in standing_rows(stands, built).items():
        cache.set_meta(name, value)
    cache.set_meta("looked", str(plan.survey.moment))
    cache.set_sources(plan.new_stamps(), plan.gone)
    cache.set_compiled(compiled)
    cache.commit()
    return built


def _last_counts(cache: Cache) -> tuple[int, int]:
    return int(cache.meta("files")), int(cache.meta("pages"))


def _put_in_place(cache: Cache, place: Place, done: Progress, files: int | None) -> Written:
    """
    Args:
        files: How many files lie there, where it is known that all of them stay.
    """
    if files is not None and isinstance(place, Output):
        place.replace(done.changed)
        return Written(tuple(sorted(done.changed)), (), files - len(done.changed))
    names = cache.files()
    return place.commit([name for name in done.changed if name in names], names)

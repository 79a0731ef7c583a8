"""One check for each family of rules: what was proven to lie open. The proof was held against made-up names."""

from xuncha.api import rule_check
from xuncha_plugins.exposure.probes import Exposures

version_control = rule_check("exposure.version-control", Exposures, module=__name__)
backups = rule_check("exposure.backups", Exposures, module=__name__)
configuration = rule_check("exposure.configuration", Exposures, module=__name__)
keys = rule_check("exposure.keys", Exposures, module=__name__)
listings = rule_check("exposure.listings", Exposures, module=__name__)
consoles = rule_check("exposure.consoles", Exposures, module=__name__)
debug = rule_check("exposure.debug", Exposures, module=__name__)
default_pages = rule_check("exposure.default-pages", Exposures, module=__name__)
source_maps = rule_check("exposure.source-maps", Exposures, module=__name__)
editor_files = rule_check("exposure.editor-files", Exposures, module=__name__)
uploads = rule_check("exposure.uploads", Exposures, module=__name__)
cms = rule_check("exposure.cms", Exposures, module=__name__)

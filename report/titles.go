package report

import (
	"cmp"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// caseLine names a case below a title.
func caseLine(v *scenario.Version) string {
	if v.Name() == "" {
		return "The programme as it stands"
	}
	return "Case: " + v.Name()
}

// titleOf is the programme's name in full, or its short name.
func titleOf(v *scenario.Version) string { return cmp.Or(v.Programme.Title, v.Programme.Name) }

// headingOf is the version as the heading of a column.
func headingOf(v *scenario.Version) string { return cmp.Or(v.Name(), "as it stands") }

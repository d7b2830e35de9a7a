package report

import (
	"cmp"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// asItStands is a programme in which nothing is changed and no case is chosen.
const asItStands = "the programme as it stands"

// asWritten names a version that may have no case: "the programme as it stands",
// "the programme as it stands + no cap".
func asWritten(v *scenario.Version) string {
	if v.Case == "" {
		return strings.TrimSpace(asItStands + " " + v.Name())
	}
	return v.Name()
}

// caseLine names a case below a title.
func caseLine(v *scenario.Version) string {
	if v.Case == "" {
		return words.Capital(asWritten(v))
	}
	return "Case: " + v.Name()
}

// versionNamed is the version of that name among those of results.
func versionNamed(results []*montecarlo.Result, name string) *scenario.Version {
	for _, r := range results {
		if r.Version.Name() == name {
			return r.Version
		}
	}
	return &scenario.Version{Case: name}
}

// againstLine names the version that differences are taken from.
func againstLine(v *scenario.Version) string {
	if v.Case == "" {
		return asWritten(v)
	}
	return "case " + v.Name()
}

// titleOf is the programme's name in full, or its short name.
func titleOf(v *scenario.Version) string { return cmp.Or(v.Programme.Title, v.Programme.Name) }

// headingOf is the version as the heading of a column.
func headingOf(v *scenario.Version) string {
	if v.Case == "" {
		return strings.TrimSpace("as it stands " + v.Name())
	}
	return v.Name()
}

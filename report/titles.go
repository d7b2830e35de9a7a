package report

import (
	"cmp"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// asItStands is a programme in which nothing is changed and no case is chosen.
const asItStands = "the programme as it stands"

// asWritten names a version that may have no case: "the programme as it stands",
// "the programme as it stands + no cap".
func asWritten(name string) string {
	if name == "" || strings.HasPrefix(name, "+") {
		return strings.TrimSpace(asItStands + " " + name)
	}
	return name
}

// caseLine names a case below a title.
func caseLine(v *scenario.Version) string {
	if name := asWritten(v.Name()); name != v.Name() {
		return words.Capital(name)
	}
	return "Case: " + v.Name()
}

// againstLine names the version that differences are taken from.
func againstLine(name string) string {
	if written := asWritten(name); written != name {
		return written
	}
	return "case " + name
}

// titleOf is the programme's name in full, or its short name.
func titleOf(v *scenario.Version) string { return cmp.Or(v.Programme.Title, v.Programme.Name) }

// headingOf is the version as the heading of a column.
func headingOf(v *scenario.Version) string {
	return cmp.Or(strings.TrimPrefix(asWritten(v.Name()), "the programme "), v.Name())
}

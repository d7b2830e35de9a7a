package plot

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// livesIn says where children are who are in one of some states: "in foster care",
// "on the edge of care or reunified".
func livesIn(states []string) string {
	known := map[string]string{
		"residential": "in residential care", "foster": "in foster care", "edge of care": "on the edge of care", "reunified": "reunified",
	}
	var all []string
	for _, state := range states {
		text, ok := known[state]
		switch {
		case ok:
		case state == "no plan":
			text = "without a plan"
		case strings.HasSuffix(state, " plan"):
			text = "on a " + state
		default:
			text = "in " + state
		}
		all = append(all, text)
	}
	return words.Or(slices.Compact(all))
}

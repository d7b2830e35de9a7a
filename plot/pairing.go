package plot

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// paired says in which pairing of a child's two lives something is drawn, the same
// for all or by name: "ranges and probabilities are those of independent lives".
func paired(what string, names, pairings []string) string {
	distinct := slices.Compact(slices.Sorted(slices.Values(pairings)))
	switch {
	case len(distinct) == 0 || distinct[0] == "":
		return ""
	case len(distinct) == 1:
		return what + " are those of " + distinct[0] + ", which have the wider range"
	}
	var each []string
	for i, pairing := range pairings {
		each = append(each, names[i]+" "+pairing)
	}
	return what + " are those with the wider range: " + strings.Join(each, ", ")
}

// netPairings are the pairings in which the net public saving of results is drawn.
func netPairings(results []*montecarlo.Result) string {
	var pairings []string
	for _, r := range results {
		net, _ := r.Totals.Of(montecarlo.NetPublic)
		pairings = append(pairings, net.Pairing)
	}
	return paired("ranges and probabilities", versionNames(results), pairings)
}

// curvePairings are the pairings in which probabilities of a saving are drawn along
// curves.
func curvePairings(curves []*sensitivity.Curved) string {
	var pairings []string
	for _, c := range curves {
		for _, point := range c.Points {
			pairings = append(pairings, point.Saves.Pairing)
		}
	}
	if slices.ContainsFunc(pairings, func(pairing string) bool { return pairing != pairings[0] }) {
		return "each probability is that of the pairing of a child's two lives with the wider range"
	}
	return paired("probabilities", nil, pairings)
}

// withPairing adds what there is to say of a pairing to how figures were made.
func withPairing(made, pairing string) string {
	if pairing == "" {
		return made
	}
	return made + "; " + pairing
}

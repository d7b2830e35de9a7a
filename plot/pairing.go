package plot

import (
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// paired says how a child's life with the programme and without it go together where
// something is drawn that depends on both. It is empty where nothing does.
func paired(what string, pairings []string) string {
	for _, pairing := range pairings {
		if pairing != "" {
			return "nobody sees a child's life both with and without the programme: of two assumptions on how they go together, " + what + " take the one with the wider range"
		}
	}
	return ""
}

// netPairings says it of the net public saving of results.
func netPairings(results []*montecarlo.Result) string {
	var pairings []string
	for _, r := range results {
		net, _ := r.Totals.Of(montecarlo.NetPublic)
		pairings = append(pairings, net.Pairing)
	}
	return paired("ranges and probabilities", pairings)
}

// curvePairings says it of probabilities of a saving along curves.
func curvePairings(curves []*sensitivity.Curved) string {
	var pairings []string
	for _, c := range curves {
		for _, point := range c.Points {
			pairings = append(pairings, point.Saves.Pairing)
		}
	}
	return paired("probabilities", pairings)
}

// withPairing adds what there is to say of a pairing to how figures were made.
func withPairing(made, pairing string) string {
	if pairing == "" {
		return made
	}
	return made + "; " + pairing
}

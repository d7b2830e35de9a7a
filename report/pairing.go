package report

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// pairingNote says in which pairing of a child's two lives the range of the net
// public saving is the wider, for how many other totals it is, and what the other
// pairing gives; empty for a run that has none.
func pairingNote(r *montecarlo.Result) string {
	net, ok := r.Totals.Of(montecarlo.NetPublic)
	saves, also := r.Probabilities.Of(montecarlo.Saves)
	if !ok || !also || net.OtherPairing == nil || saves.OtherPairing == nil {
		return ""
	}
	alike, others := pairedAlike(r, net.Pairing)
	text := fmt.Sprintf("from %s, like those of %d of %d other totals that contain avoided cost. %s give ",
		net.Pairing, alike, others, words.Capital(saves.OtherPairing.Pairing))
	if q := outermost(*net.OtherPairing); q != nil {
		text += between(q[0].Value, q[1].Value, net.Unit).Text + ", and "
	}
	return text + "a probability of " + chance(*saves.OtherPairing).Text + " that it is above £0."
}

// pairedAlike is how many totals beside the net public saving have a range that
// depends on the pairing, and for how many it comes from a given one.
func pairedAlike(r *montecarlo.Result, pairing string) (alike, all int) {
	for _, s := range r.Totals {
		if s.Pairing == "" || s.Name == montecarlo.NetPublic {
			continue
		}
		all++
		if s.Pairing == pairing {
			alike++
		}
	}
	return alike, all
}

// pairedCells are, for the columns of detail of [pairedColumns], the pairing of a
// range and the range in the other; empty for a figure that has none.
func pairedCells(s montecarlo.Summary) []Cell {
	if s.OtherPairing == nil {
		return []Cell{{}, {}}
	}
	return []Cell{text(s.Pairing), rangeOf(*s.OtherPairing, s.Unit)}
}

// pairedColumns are the headings of pairedCells.
func pairedColumns(r *montecarlo.Result) []Column {
	return []Column{
		{Heading: "range from", Detail: true},
		{Heading: rangeName(r) + " in the other pairing", Detail: true},
	}
}

// pairedChance is the pairing of a probability and what it is in the other.
func pairedChance(p montecarlo.ProbabilityOf) []Cell {
	if p.OtherPairing == nil {
		return []Cell{{}, {}}
	}
	return []Cell{text(p.Pairing), chance(*p.OtherPairing)}
}

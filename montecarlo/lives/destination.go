package lives

import "github.com/edgeofcare/edgeofcare/internal/keyed"

// destinations are where the moves of a phase lead, with their cumulative shares.
type destinations []destination

type destination struct {
	below uint32 // the cumulative share, of 2^24
	to    int    // state
}

// pick returns the destination that a word picks.
func (d destinations) pick(w uint64) int {
	bits := keyed.Destination(w)
	for _, one := range d {
		if bits < one.below {
			return one.to
		}
	}
	return d[len(d)-1].to
}

// cumulate adds up the shares of moves, in the order given. Moves with
// probability 0 are left out.
func cumulate(moves []numberedMove, rates []float64, into destinations) destinations {
	total := 0.0
	for _, m := range moves {
		total += rates[m.number]
	}
	sum := 0.0
	for _, m := range moves {
		if rate := rates[m.number]; rate > 0 {
			sum += rate
			into = append(into, destination{keyed.Share(sum / total), m.to})
		}
	}
	return into
}

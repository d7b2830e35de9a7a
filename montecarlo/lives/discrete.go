package lives

// discrete is a distribution over a list of shares, drawn by inversion with a
// guide table. (Chen and Asau, "On generating random variates from an empirical
// distribution", AIIE Transactions 1974; 6(2): 163-166.)
type discrete struct {
	upTo  []float64
	value []int // of each share; nil means its place
	// guide is the first share that a number can pick, by the number's
	// beginning: the search starts there.
	guide [guides]uint16
}

const guides = 1024

func newDiscrete(shares []float64, value []int) discrete {
	d := discrete{upTo: make([]float64, len(shares)), value: value}
	sum := 0.0
	for i, s := range shares {
		sum += s
		d.upTo[i] = sum
	}
	at := 0
	for g := range d.guide {
		for at < len(shares)-1 && d.upTo[at] <= float64(g)/guides {
			at++
		}
		d.guide[g] = uint16(at)
	}
	return d
}

// draw returns the value that a number between 0 and 1 picks.
func (d *discrete) draw(u float64) int {
	i := int(d.guide[int(u*guides)&(guides-1)])
	for i < len(d.upTo)-1 && u >= d.upTo[i] {
		i++
	}
	if d.value != nil {
		return d.value[i]
	}
	return i
}

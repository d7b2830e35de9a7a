package lives

// cumulative draws a value from a list of shares by inversion.
type cumulative struct {
	upTo  []float64
	value []int // of each share; nil means its place
	// guide is the first share that a number can pick, by the number's
	// beginning: the search starts there.
	guide [guides]uint16
}

const guides = 1024

func newCumulative(shares []float64, value []int) cumulative {
	c := cumulative{upTo: make([]float64, len(shares)), value: value}
	sum := 0.0
	for i, s := range shares {
		sum += s
		c.upTo[i] = sum
	}
	at := 0
	for g := range c.guide {
		for at < len(shares)-1 && c.upTo[at] <= float64(g)/guides {
			at++
		}
		c.guide[g] = uint16(at)
	}
	return c
}

// draw returns the value that a number between 0 and 1 picks.
func (c *cumulative) draw(u float64) int {
	i := int(c.guide[int(u*guides)&(guides-1)])
	for i < len(c.upTo)-1 && u >= c.upTo[i] {
		i++
	}
	if c.value != nil {
		return c.value[i]
	}
	return i
}

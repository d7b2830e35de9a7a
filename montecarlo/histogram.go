package montecarlo

import (
	"math"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// histogram is what is left of a value over replications: its moments, its range
// and how often it was between the edges of equal bins. Quantiles are read by
// straight lines through a bin, and are as exact as it is wide.
type histogram struct {
	count      int
	mean, sum2 float64 // sum2 is the sum of squared deviations from the mean
	min, max   float64 // of finite values
	low, step  float64 // the lower edge of bins[1] and the width of bins
	bins       []uint32
	undefined  int // -Inf: see Ranked; NaN is counted with it
	unbounded  int // +Inf
}

// frame decides the edges: the range of some values and half of it on each side.
func (h *histogram) frame(values []float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		low, high = 0, 0
	}
	h.low, h.step = low-(high-low)/2, 2*(high-low)/bins
	h.min, h.max = math.Inf(1), math.Inf(-1)
	h.bins = make([]uint32, bins+2)
}

// add counts one replication's value. The moments are Welford's. (Welford, "Note
// on a method for calculating corrected sums of squares and products",
// Technometrics 1962; 4(3): 419-420.)
func (h *histogram) add(v float64) {
	h.count++
	before := v - h.mean
	h.mean += before / float64(h.count)
	h.sum2 += before * (v - h.mean)
	switch {
	case math.IsInf(v, 1):
		h.unbounded++
		return
	case !finite(v):
		h.undefined++
		return
	}
	h.min, h.max = min(h.min, v), max(h.max, v)
	h.bins[h.bin(v)]++
}

// bin returns the bin of a finite value. What is not in the range of the first
// replications and half of it on each side is in the first or the last.
func (h *histogram) bin(v float64) int {
	switch at := (v - h.low) / h.step; {
	case h.step == 0 && v == h.low:
		return 1
	case v < h.low:
		return 0
	case h.step == 0 || at >= bins:
		return bins + 1
	default:
		return 1 + int(at)
	}
}

// edges returns where a bin begins and ends, and its values at the most.
func (h *histogram) edges(bin int) (from, to float64) {
	from, to = h.low+float64(bin-1)*h.step, h.low+float64(bin)*h.step
	if bin == 0 {
		from = h.min
	}
	if bin == bins+1 {
		to = h.max
	}
	return max(from, h.min), min(to, h.max)
}

// defined is the number of replications in which there is a figure.
func (h *histogram) defined() int { return h.count - h.undefined }

// place is somewhere in a histogram.
type place struct {
	value  float64
	within float64 // how far it can be from the value of that rank
	bin    int
	beyond float64 // how many values of the bin are above it
}

// at returns the value of a rank, counted from 0, among those that are defined.
func (h *histogram) at(rank int) place {
	before := 0
	for bin, n := range h.bins {
		if rank < before+int(n) {
			from, to := h.edges(bin)
			share := (float64(rank-before) + 0.5) / float64(n)
			return place{from + share*(to-from), to - from, bin, (1 - share) * float64(n)}
		}
		before += int(n)
	}
	return place{value: math.Inf(1), bin: bins + 2}
}

// quantile returns the place of a quantile and the values that bound it.
func (h *histogram) quantile(p float64) (q place, low, high float64) {
	n := h.defined()
	l, u := orderstatistic.Bounds(n, p)
	q = h.at(max(0, int(math.Ceil(p*float64(n)))-1))
	return q, h.at(l).value, h.at(u).value
}

// distribution describes the values; with tails if wanted.
func (h *histogram) distribution(quantiles []float64, tails bool) Distribution {
	d := Distribution{Mean: h.mean, SD: math.Sqrt(h.sum2 / float64(h.count-1))}
	d.StdErr = d.SD / math.Sqrt(float64(h.count))
	if !finite(h.mean) {
		return d // such a figure is left out
	}
	for _, p := range quantiles {
		at, low, high := h.quantile(p)
		q := Quantile{P: p, Value: at.value, Low: low, High: high, Within: at.within}
		if tails {
			q.Beyond, q.BeyondStdErr = h.beyond(at, p)
		}
		d.Quantiles = append(d.Quantiles, q)
	}
	return d
}

// beyond is the mean of the values from a quantile on, as if they were spread
// evenly over their bins, and its standard error: see the function of that name.
func (h *histogram) beyond(q place, p float64) (mean, standardError float64) {
	var count, sum, sum2 float64
	spread := func(n, from, to float64) {
		middle, width := (from+to)/2-q.value, to-from
		count, sum, sum2 = count+n, sum+n*middle, sum2+n*(middle*middle+width*width/12)
	}
	from, to := h.edges(q.bin)
	first, last, inside := q.bin+1, bins+1, p
	if p < 0.5 {
		spread(float64(h.bins[q.bin])-q.beyond, from, q.value)
		first, last, inside = 0, q.bin-1, 1-p
	} else {
		spread(q.beyond, q.value, to)
	}
	for bin := first; bin <= last; bin++ {
		if n := h.bins[bin]; n > 0 {
			from, to := h.edges(bin)
			spread(float64(n), from, to)
		}
	}
	mean = sum / count // from the quantile
	variance := max(0, sum2/count-mean*mean)
	return q.value + mean, math.Sqrt((variance + inside*mean*mean) / count)
}

// rank describes a figure without a mean.
func (h *histogram) rank(quantiles []float64) []RankedQuantile {
	if h.defined() == 0 {
		return nil
	}
	var all []RankedQuantile
	for _, p := range quantiles {
		at, low, high := h.quantile(p)
		all = append(all, RankedQuantile{P: p, Value: bounded(at.value), Low: bounded(low), High: bounded(high), Within: at.within})
	}
	return all
}

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
	lost       int // -Inf: see Ranked
	undefined  int // NaN
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
	case math.IsInf(v, -1):
		h.lost++
		return
	case math.IsNaN(v):
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
func (h *histogram) defined() int { return h.count - h.lost - h.undefined }

// place is somewhere in a histogram.
type place struct {
	value  float64
	within float64 // how far it can be from the value of that rank
}

// at returns the value of a rank, counted from 0, in the order of sortRanked.
func (h *histogram) at(rank int) place {
	if rank < h.lost {
		return place{value: lost}
	}
	before := h.lost
	for bin, n := range h.bins {
		if rank < before+int(n) {
			from, to := h.edges(bin)
			share := (float64(rank-before) + 0.5) / float64(n)
			return place{from + share*(to-from), to - from}
		}
		before += int(n)
	}
	if rank < before+h.undefined {
		return place{value: undefined}
	}
	return place{value: math.Inf(1)}
}

// quantile returns the place of a quantile and the values that bound it.
func (h *histogram) quantile(p float64) (q place, low, high *float64) {
	low, high = bounds(h.count, p, func(rank int) float64 { return h.at(rank).value })
	return h.at(orderstatistic.At(h.count, p)), low, high
}

// distribution describes the values; with tails if wanted.
func (h *histogram) distribution(quantiles []float64, tails bool) Distribution {
	d := Distribution{Mean: h.mean}
	if !finite(h.mean) {
		return d // such a figure is left out
	}
	d.SD, d.StdErr = spread(math.Sqrt(h.sum2/float64(h.count-1)), h.count)
	for _, p := range quantiles {
		at, low, high := h.quantile(p)
		q := Quantile{P: p, Value: at.value, Low: low, High: high, Within: at.within}
		if tails {
			q.Beyond, q.BeyondStdErr = h.beyond(at.value, p)
		}
		d.Quantiles = append(d.Quantiles, q)
	}
	return d
}

// beyond is the mean of the tail beyond a quantile, as if values were spread
// evenly over their bins, and its standard error: see the function of that name.
func (h *histogram) beyond(quantile, p float64) (mean float64, standardError *float64) {
	count := orderstatistic.Tail(h.count, p)
	var sum, sum2 float64 // from the quantile
	left := float64(count)
	for i := 0; i < len(h.bins) && left > 0; i++ {
		bin := i
		if p >= 0.5 {
			bin = len(h.bins) - 1 - i
		}
		n := float64(h.bins[bin])
		if n == 0 {
			continue
		}
		from, to := h.edges(bin)
		taken := min(n, left)
		width := (to - from) * taken / n
		middle := from + width/2
		if p >= 0.5 {
			middle = to - width/2
		}
		left -= taken
		sum += taken * (middle - quantile)
		sum2 += taken * ((middle-quantile)*(middle-quantile) + width*width/12)
	}
	fromQuantile := sum / float64(count)
	variance := max(0, sum2/float64(count)-fromQuantile*fromQuantile)
	if p >= 0.5 {
		fromQuantile = max(0, fromQuantile)
	} else {
		fromQuantile = min(0, fromQuantile)
	}
	if count < 2 {
		return quantile + fromQuantile, nil
	}
	return quantile + fromQuantile, tailError(variance, fromQuantile, p, count)
}

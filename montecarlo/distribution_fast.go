package montecarlo

import (
	"math/bits"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// Nearly all figures are whole numbers: pence, weeks, children. Quantiles and their
// bounds are a few of their order statistics, which counting their leading digits finds
// without sorting them (Hoare, "Algorithm 65: find", Communications of the ACM 1961;
// 4(7): 321-322, with digits in place of comparisons); the tails of totals need all in
// order, by a radix sort. Either is the same as [distribution] gives.

// describer describes figures one after another, in memory of its own.
type describer struct {
	quantiles []float64
	ranks     []int     // that quantiles and their bounds need, in order, each once
	places    [][3]int  // by quantile: which ranks are its own and those of its bounds; -1 for none
	at        []float64 // by rank: the figure
	keys      []int32   // a figure in every replication, as recorded
	other     []int32   // room to put them in order
	values    []float64 // the figure as reported
	counts    [buckets]int32
	chosen    [buckets]uint16 // of buckets with a rank in them: their number, from 1
	segments  []segment       // of other: the keys of each such bucket
}

// segment is the keys of a bucket: from one place up to another.
type segment struct{ from, to int }

// buckets are how many values a digit has.
const (
	digit   = 11 // bits
	buckets = 1 << digit
)

// newDescriber makes room for n replications.
func newDescriber(n int, quantiles []float64) *describer {
	d := &describer{quantiles: quantiles, keys: make([]int32, n), other: make([]int32, n), values: make([]float64, n)}
	var each [][3]int
	for _, p := range quantiles {
		low, high := orderstatistic.Bounds(n, p)
		each = append(each, [3]int{orderstatistic.At(n, p), low, high})
		for _, rank := range each[len(each)-1] {
			if rank >= 0 && rank < n {
				d.ranks = append(d.ranks, rank)
			}
		}
	}
	slices.Sort(d.ranks)
	d.ranks = slices.Compact(d.ranks)
	d.at = make([]float64, len(d.ranks))
	for _, ranks := range each {
		for i, rank := range ranks {
			ranks[i] = slices.Index(d.ranks, rank)
		}
		d.places = append(d.places, ranks)
	}
	return d
}

// describe describes a figure; with tails if wanted.
func (d *describer) describe(r *runner, c column, at int, tails bool) Distribution {
	if !r.values.whole(at, d.keys) {
		return distribution(r.columnInto(c, at, d.values), d.quantiles, tails)
	}
	c.scaleAll(d.keys, d.values)
	out := moments(d.values)
	if !tails {
		d.choose(c)
		out.Quantiles = d.found()
		return out
	}
	d.sort()
	c.scaleAll(d.keys, d.values)
	for i, rank := range d.ranks {
		d.at[i] = d.values[rank]
	}
	out.Quantiles = d.found()
	for i := range out.Quantiles {
		q := &out.Quantiles[i]
		q.Beyond, q.BeyondStdErr = beyond(d.values, q.P)
	}
	return out
}

// scaleAll is scale for many values.
func (c column) scaleAll(recorded []int32, values []float64) {
	values = values[:len(recorded)]
	if c.Unit == Pounds {
		for i, k := range recorded {
			values[i] = float64(k) / 100
		}
		return
	}
	for i, k := range recorded {
		values[i] = float64(k)
	}
}

// found are the quantiles, once the figures of all ranks are known.
func (d *describer) found() []Quantile {
	figures := slices.Clone(d.at) // that the bounds point at
	var all []Quantile
	for i, p := range d.quantiles {
		own, low, high := d.places[i][0], d.places[i][1], d.places[i][2]
		q := Quantile{P: p, Value: figures[own]}
		if low >= 0 {
			q.Low = &figures[low]
		}
		if high >= 0 {
			q.High = &figures[high]
		}
		if all == nil {
			all = make([]Quantile, 0, len(d.quantiles))
		}
		all = append(all, q)
	}
	return all
}

// span returns the least key and the bits that the keys differ by from it.
func (d *describer) span() (least int32, width int) {
	least, most := d.keys[0], d.keys[0]
	for _, k := range d.keys {
		least, most = min(least, k), max(most, k)
	}
	return least, bits.Len32(uint32(most) - uint32(least))
}

// choose finds the figures of all ranks: those in a bucket with a rank in it are put in
// order, and no others.
func (d *describer) choose(c column) {
	least, width := d.span()
	shift := max(0, width-digit)
	clear(d.counts[:])
	for _, k := range d.keys {
		d.counts[(uint32(k)-uint32(least))>>shift&(buckets-1)]++
	}
	if shift == 0 { // a bucket is a number
		d.overRanks(func(i, bucket, _ int) { d.at[i] = c.scale(float64(least + int32(bucket))) })
		return
	}
	d.segments = d.segments[:0]
	taken := 0
	d.overRanks(func(_, bucket, _ int) {
		if d.chosen[bucket] == 0 {
			d.segments = append(d.segments, segment{taken, taken})
			d.chosen[bucket] = uint16(len(d.segments))
			taken += int(d.counts[bucket])
		}
	})
	for _, k := range d.keys {
		if n := d.chosen[(uint32(k)-uint32(least))>>shift&(buckets-1)]; n > 0 {
			s := &d.segments[n-1]
			d.other[s.to] = k
			s.to++
		}
	}
	for _, s := range d.segments {
		slices.Sort(d.other[s.from:s.to])
	}
	d.overRanks(func(i, bucket, before int) {
		d.at[i] = c.scale(float64(d.other[d.segments[d.chosen[bucket]-1].from+d.ranks[i]-before]))
	})
	d.overRanks(func(_, bucket, _ int) { d.chosen[bucket] = 0 })
}

// overRanks does something for every rank, in order: with its number, the bucket that
// holds it and how many keys are in those before.
func (d *describer) overRanks(do func(i, bucket, before int)) {
	bucket, before := 0, 0
	for i, rank := range d.ranks {
		for before+int(d.counts[bucket]) <= rank {
			before += int(d.counts[bucket])
			bucket++
		}
		do(i, bucket, before)
	}
}

// sort puts the keys in order, digit by digit from the lowest: see sortValues.
func (d *describer) sort() {
	least, width := d.span()
	for shift := 0; shift < width; shift += digit {
		clear(d.counts[:])
		for _, k := range d.keys {
			d.counts[(uint32(k)-uint32(least))>>shift&(buckets-1)]++
		}
		before := int32(0)
		for i, n := range d.counts {
			d.counts[i] = before
			before += n
		}
		for _, k := range d.keys {
			at := &d.counts[(uint32(k)-uint32(least))>>shift&(buckets-1)]
			d.other[*at] = k
			*at++
		}
		d.keys, d.other = d.other, d.keys
	}
}

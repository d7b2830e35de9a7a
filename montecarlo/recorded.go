package montecarlo

import (
	"math"
	"sync"
)

// recorded is what replications came to, kept as it is summarised: value by value, and
// each in runs of as many replications as a lot has. Pence, weeks and children are whole
// numbers and nearly always small, and take four bytes each; anything else takes eight.
// Nothing is rounded. Several goroutines may record different replications at once.
type recorded struct {
	width        int // values of a replication
	replications int // that there is room for
	length       int // of lots, in replications

	mutex sync.Mutex
	lots  []lot
	// places is by value where it is kept in a lot: the n-th of the small ones, or as
	// ^n the n-th of the others. It is decided by the replications that are first
	// recorded, and nil before; which these are changes no value.
	places       []int
	small, large int
	// strange are, by value and replication, the values that are not small although
	// the first were.
	strange map[int]map[int]float64
}

// lot is the values of some replications, by value and replication.
type lot struct {
	small []int32
	large []float64
}

const (
	// longest is how many replications a lot has, unless the run has fewer.
	longest = 256
	// smallest is a whole number that stands for a value that is not small.
	smallest = math.MinInt32
	// mostSmall bounds the numbers by which a value is thought to be small: those
	// of other replications may be four times as large.
	mostSmall = 1 << 29
)

func newRecorded(width, replications int) *recorded {
	r := &recorded{width: width, length: max(1, min(replications, longest)), strange: map[int]map[int]float64{}}
	r.makeRoom(replications)
	return r
}

// makeRoom makes room for more replications, so that there is room for so many.
func (r *recorded) makeRoom(replications int) {
	r.replications = replications
	for len(r.lots)*r.length < replications {
		r.lots = append(r.lots, lot{})
	}
}

// put records one or more replications, value by value, from the place of the first on.
func (r *recorded) put(at int, rows []float64) {
	for len(rows) > 0 {
		from := at % r.length
		n := min(len(rows)/r.width, r.length-from)
		r.fill(r.lot(at, rows), at, from, n, rows)
		at, rows = at+n, rows[n*r.width:]
	}
}

// lot returns the lot of a replication, with memory. The rows decide what is small if
// nothing is recorded yet.
func (r *recorded) lot(at int, rows []float64) *lot {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.places == nil {
		r.decide(rows)
	}
	l := &r.lots[at/r.length]
	if l.small == nil {
		l.small, l.large = make([]int32, r.small*r.length), make([]float64, r.large*r.length)
	}
	return l
}

// decide finds out which values are small.
func (r *recorded) decide(rows []float64) {
	r.places = make([]int, r.width)
	for value := range r.places {
		small := true
		for i := value; i < len(rows); i += r.width {
			small = small && isWhole(rows[i]) && math.Abs(rows[i]) <= mostSmall
		}
		if small {
			r.places[value] = r.small
			r.small++
			continue
		}
		r.places[value] = ^r.large
		r.large++
	}
}

// isWhole reports whether a value is, to the last bit, a whole number that a small one
// can be.
func isWhole(v float64) bool {
	k := int32(v)
	return math.Float64bits(float64(k)) == math.Float64bits(v) && k != smallest
}

// fill records n replications, which are in the lot from a place on.
func (r *recorded) fill(l *lot, at, from, n int, rows []float64) {
	for value, place := range r.places {
		if place < 0 {
			for i := range n {
				l.large[^place*r.length+from+i] = rows[i*r.width+value]
			}
			continue
		}
		cells := l.small[place*r.length+from:][:n]
		for i := range cells {
			v := rows[i*r.width+value]
			if cells[i] = int32(v); !isWhole(v) {
				cells[i] = smallest
				r.setStrange(value, at+i, v)
			}
		}
	}
}

// clear makes room for other replications in the same places.
func (r *recorded) clear() { clear(r.strange) }

func (r *recorded) setStrange(value, at int, v float64) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.strange[value] == nil {
		r.strange[value] = map[int]float64{}
	}
	r.strange[value][at] = v
}

// of returns a value in as many replications as into is long, in order.
func (r *recorded) of(value int, into []float64) []float64 {
	place := r.places[value]
	for first := 0; first < len(into); first += r.length {
		cells, l := into[first:min(first+r.length, len(into))], &r.lots[first/r.length]
		if place < 0 {
			copy(cells, l.large[^place*r.length:])
			continue
		}
		for i, k := range l.small[place*r.length:][:len(cells)] {
			cells[i] = float64(k)
		}
	}
	for at, v := range r.strange[value] {
		if at < len(into) {
			into[at] = v
		}
	}
	return into
}

// whole returns a value in as many replications as into is long, in order, as whole
// numbers, and whether it is that in all of them.
func (r *recorded) whole(value int, into []int32) bool {
	place := r.places[value]
	if place < 0 || len(r.strange[value]) > 0 {
		return false
	}
	for first := 0; first < len(into); first += r.length {
		copy(into[first:min(first+r.length, len(into))], r.lots[first/r.length].small[place*r.length:])
	}
	return true
}

// row returns all values of one replication.
func (r *recorded) row(at int, into []float64) []float64 {
	l, from := r.lots[at/r.length], at%r.length
	for value, place := range r.places {
		if place < 0 {
			into[value] = l.large[^place*r.length+from]
			continue
		}
		into[value] = float64(l.small[place*r.length+from])
		if into[value] == smallest {
			into[value] = r.strange[value][at]
		}
	}
	return into
}

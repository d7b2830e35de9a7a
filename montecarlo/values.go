package montecarlo

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// bytes is how much memory the values of replications take.
func (r *runner) bytes(replications int) int64 {
	return 8 * int64(replications) * int64(len(r.centre))
}

// makeRoom makes room for the values of all replications, or for as many as are
// held at a time and the histograms.
func (r *runner) makeRoom() error {
	n := r.options.Replications
	if err := r.fits(); err != nil {
		return err
	}
	if n > atATime && r.bytes(n) > r.options.MemoryLimit {
		n, r.condensed = atATime, make([]histogram, len(r.centre))
	}
	r.values = newRecorded(len(r.centre), n)
	if r.options.Keep {
		r.kept = make([][]byte, r.options.Replications)
	}
	return nil
}

// fits returns an error where every value is needed and there is no room for them.
func (r *runner) fits() error {
	n := r.options.Replications
	needs, limit := r.bytes(n), r.options.MemoryLimit
	if n <= atATime || needs <= limit {
		return nil
	}
	fitting := fmt.Sprintf("run at most %s replications", words.Count(float64(max(atATime, limit/r.bytes(1)))))
	switch {
	case r.options.AllValues:
		return memoryError(needs, limit, fitting)
	case r.options.Keep:
		return memoryError(needs, limit, fitting+", or leave Options.Keep out")
	}
	return nil
}

// room is the replication up to which there is room for values.
func (r *runner) room() int { return min(r.to, r.first+r.values.replications) }

// memoryError says that values, in bytes, do not fit into Options.MemoryLimit where
// they cannot be condensed into histograms.
func memoryError(needs, limit int64, remedy string) error {
	return fmt.Errorf("the values of the replications need %s bytes of memory and may take %s: %s",
		words.Count(float64(needs)), words.Count(float64(limit)), remedy)
}

// column returns one value of the first n replications, in order, as reported.
func (r *runner) column(c column, at, n int) []float64 {
	return r.columnInto(c, at, make([]float64, n))
}

// columnInto is column for as many replications as there is room for in a slice.
func (r *runner) columnInto(c column, at int, values []float64) []float64 {
	r.values.of(at, values)
	if c.Unit == Pounds {
		for i := range values {
			values[i] /= 100
		}
	}
	return values
}

// byValue returns the column that each value belongs to.
func (r *runner) byValue() []column {
	columns := make([]column, len(r.centre))
	for _, c := range r.recorded() {
		for i := range c.width {
			columns[c.at+i] = c
		}
	}
	return columns
}

// overValues does something for every value of a replication, on all workers, each of
// which makes the function that does it.
func (r *runner) overValues(worker func() func(at int)) {
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(r.options.Workers, len(r.centre)) {
		working.Go(func() {
			do := worker()
			for at := int(next.Add(1)) - 1; at < len(r.centre); at = int(next.Add(1)) - 1 {
				do(at)
			}
		})
	}
	working.Wait()
}

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
	if needs := r.bytes(n); n > atATime && needs > r.options.MemoryLimit {
		if r.options.Keep {
			return memoryError(needs, r.options.MemoryLimit, "leave Options.Keep out")
		}
		n, r.condensed = atATime, make([]histogram, len(r.centre))
	}
	r.values = make([]float64, n*len(r.centre))
	return nil
}

// room is the replication up to which there is room for values.
func (r *runner) room() int { return min(r.to, r.first+len(r.values)/len(r.centre)) }

// memoryError says that values, in bytes, do not fit into Options.MemoryLimit where
// they cannot be condensed into histograms.
func memoryError(needs, limit int64, remedy string) error {
	return fmt.Errorf("the values need %s bytes of memory and may take %s: %s, or raise Options.MemoryLimit",
		words.Count(float64(needs)), words.Count(float64(limit)), remedy)
}

// column returns one value of the first n replications, in order, as reported.
func (r *runner) column(c column, at, n int) []float64 {
	values := make([]float64, n)
	width := len(r.centre)
	if c.Unit != Pounds {
		for i := range values {
			values[i] = r.values[i*width+at]
		}
		return values
	}
	for i := range values {
		values[i] = r.values[i*width+at] / 100
	}
	return values
}

// byValue returns the column that each value belongs to.
func (r *runner) byValue() []column {
	columns := make([]column, len(r.centre))
	for _, c := range r.columns {
		for i := range c.width {
			columns[c.at+i] = c
		}
	}
	return columns
}

// overValues does something for every value of a replication, on all workers.
func (r *runner) overValues(do func(at int)) {
	var next atomic.Int64
	var working sync.WaitGroup
	for range r.options.Workers {
		working.Go(func() {
			for at := int(next.Add(1)) - 1; at < len(r.centre); at = int(next.Add(1)) - 1 {
				do(at)
			}
		})
	}
	working.Wait()
}

//go:build unix

package growth

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"

	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
)

const rounds = 3

// once is how long something takes, in seconds of processor time: the fastest of a few
// turns, of which each does it as often as takes long enough to be told.
func once(do func()) float64 {
	const enough = 20e6
	one := turns.Take(1, do)[0].Median
	n := max(1, int(enough/max(one, 1)))
	return turns.Take(rounds, func() {
		for range n {
			do()
		}
	})[0].Fastest / float64(n) / 1e9
}

// each is how long one of many takes: so many as take long enough, less one.
func each(do func(n int)) float64 {
	const enough, tooLong, least = 50e6, 1e9, 128
	one, n := turns.Take(1, func() { do(1) })[0].Median, 1
	for {
		taken := turns.Take(1, func() { do(1 + n) })[0].Median
		if taken > tooLong || taken-one > max(enough, 2*one) && n >= least {
			break
		}
		n *= 2
	}
	taken := turns.Take(rounds, func() { do(1) }, func() { do(1 + n) })
	return (taken[1].Fastest - taken[0].Fastest) / float64(n) / 1e9
}

// most is the most memory in use while something is done, in bytes: the median of a few
// times.
func most(do func()) float64 {
	var all []float64
	for range rounds {
		all = append(all, inUse(do))
	}
	slices.Sort(all)
	return all[rounds/2]
}

// inUse is the most that is alive while something is done, beyond what was alive before, as
// the garbage collector finds it: it is made to run often, and asked often.
func inUse(do func()) float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	live := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, peak := live(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			peak = max(peak, live())
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Microsecond):
			}
		}
	}()
	do()
	close(stop)
	<-stopped
	return float64(peak) - float64(before)
}

//go:build unix

// Package turns compares the speed of functions in one process, on a machine that others
// may be using.
package turns

import (
	"slices"
	"syscall"
	"time"
)

// Turn is what one of several runs took, in nanoseconds of processor time.
type Turn struct {
	Median, Fastest float64 // one turn in twenty is faster than the fastest
	// Ratio is the median of how many times the first run of the same round it took.
	Ratio float64
}

// Take runs each of the runs once in every round: a machine that slows down slows
// them all.
func Take(rounds int, runs ...func()) []Turn {
	times, ratios := make([][]float64, len(runs)), make([][]float64, len(runs))
	for range rounds {
		first := 0.0
		for i, run := range runs {
			before := ProcessorTime()
			run()
			took := float64(ProcessorTime() - before)
			if i == 0 {
				first = took
			}
			times[i], ratios[i] = append(times[i], took), append(ratios[i], took/first)
		}
	}
	turns := make([]Turn, len(runs))
	for i := range runs {
		slices.Sort(times[i])
		slices.Sort(ratios[i])
		turns[i] = Turn{times[i][rounds/2], times[i][rounds/20], ratios[i][rounds/2]}
	}
	return turns
}

// ProcessorTime is the time that this process has used on all processors.
func ProcessorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

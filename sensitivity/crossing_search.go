package sensitivity

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
)

// gridParts is into how many parts the range of a driver is divided.
const gridParts = 12

// MostRuns is how many runs with all replications [Reverse] takes at most for drivers and
// one event. Most searches need far fewer.
func MostRuns(drivers []Driver) int {
	runs := 1
	for _, driver := range drivers {
		runs += driver.mostRuns()
	}
	return runs
}

// mostRuns is how many runs a search takes at most: the grid, and narrowing on
// either side.
func (d Driver) mostRuns() int {
	part := int((d.To-d.From)/d.Step)/gridParts + 2
	return gridParts + 3 + 2*mostNarrowing(part)
}

// mostNarrowing is how many runs narrowing a part of so many steps takes at most: after
// the first, every second one halves what is left.
func mostNarrowing(steps int) int { return 2*bits.Len(uint(steps)) + 1 }

// search looks along a line for where one of its goals turns from met to missed or back.
type search struct {
	*line
	goal int // of the line
}

// wanted is the goal.
func (s *search) wanted() Goal { return s.goals[s.goal] }

// full is the goal's reading with all replications.
func (s *search) full(ctx context.Context, steps int) (Reading, error) {
	seen, err := s.look(ctx, steps, inFull)
	if err != nil {
		return Reading{}, err
	}
	return seen.readings[s.goal], nil
}

// roughly is the goal's reading in a few replications, less what these are out by at
// neutral, and about how far it may still be out; or that with all replications.
func (s *search) roughly(ctx context.Context, steps int) (figure, within float64, err error) {
	if seen, ok := s.seen[inFull][steps]; ok {
		return seen.readings[s.goal].figure, 0, nil
	}
	if s.few == nil || s.wanted().tooFew(s.few.options.Replications) {
		r, err := s.full(ctx, steps)
		return r.figure, 0, err
	}
	var readings [3]Reading
	for i, at := range []struct{ steps, how int }{{s.neutral(), inFull}, {s.neutral(), inFew}, {steps, inFew}} {
		seen, err := s.look(ctx, at.steps, at.how)
		if err != nil {
			return 0, 0, err
		}
		readings[i] = seen.readings[s.goal]
	}
	g := s.wanted()
	return readings[2].figure + readings[0].figure - readings[1].figure, math.Max(g.errorIn(readings[1]), g.errorIn(readings[2])), nil
}

// sure is how many standard errors of a few replications a figure must be away from what
// is wanted to be taken without a run of all.
const sure = 2.5

// met is whether the goal is met at a place: by a few replications where these leave no
// doubt, and else by all.
func (s *search) met(ctx context.Context, steps int) (bool, error) {
	figure, within, err := s.roughly(ctx, steps)
	if err != nil {
		return false, err
	}
	if away := math.Abs(s.wanted().beyond(figure)); away > sure*within { // never for what is not defined
		return s.wanted().met(figure), nil
	}
	r, err := s.full(ctx, steps)
	return r.Met, err
}

// turn is a pair of neighbouring steps between which the goal turns, the inner one nearer
// to neutral.
type turn struct{ inner, outer int }

// places are where the range is looked at on one side of neutral, outwards.
func (d Driver) places(end int) []int {
	neutral := d.steps(d.Neutral)
	whole := (d.To - d.From) / d.Step
	parts := int(math.Ceil(gridParts * math.Abs(float64(end-neutral)) / whole))
	var all []int
	for i := 1; i <= parts; i++ {
		all = append(all, neutral+int(math.Round(float64(i*(end-neutral))/float64(parts))))
	}
	return slices.Compact(all)
}

// ends are the first and the last step in the range.
func (d Driver) ends() (from, to int) {
	return int(math.Ceil(rounded(d.From / d.Step))), int(math.Floor(rounded(d.To / d.Step)))
}

// outwards goes from neutral to one end of the range and narrows each part in which the
// goal turns, or the first of them alone, to one step.
func (s *search) outwards(ctx context.Context, end int, all bool) ([]turn, error) {
	inner := s.neutral()
	var turns []turn
	for _, outer := range s.driver.places(end) {
		was, err := s.met(ctx, inner)
		if err != nil {
			return nil, err
		}
		is, err := s.met(ctx, outer)
		if err != nil {
			return nil, err
		}
		if was != is {
			t, ok, err := s.between(ctx, inner, outer)
			if err != nil {
				return nil, err
			}
			if ok {
				turns = append(turns, t)
			}
			if ok && !all {
				return turns, nil
			}
		}
		inner = outer
	}
	return turns, nil
}

// between makes sure that the goal turns between two places, and narrows.
func (s *search) between(ctx context.Context, inner, outer int) (turn, bool, error) {
	in, err := s.full(ctx, inner)
	if err != nil {
		return turn{}, false, err
	}
	out, err := s.full(ctx, outer)
	if err != nil || in.Met == out.Met {
		return turn{}, false, err
	}
	t, err := narrow(turn{inner, outer}, s.wanted().beyond(in.figure), s.wanted().beyond(out.figure), func(steps int) (float64, error) {
		r, err := s.full(ctx, steps)
		return s.wanted().beyond(r.figure), err
	})
	return t, true, err
}

// narrow closes in on where a function that is below 0 on one side of a pair of places,
// and not on the other, crosses, until one step is left. It takes the straight line
// between the two and, once that has left more than half of the part two times, the
// middle, so that steps and jumps do no harm.
func narrow(t turn, inside, outside float64, at func(int) (float64, error)) (turn, error) {
	size := func() int { return max(t.outer-t.inner, t.inner-t.outer) }
	for slow := 0; size() > 1; {
		x, before := t.inner+(t.outer-t.inner)/2, size()
		share := inside / (inside - outside)
		straight := slow < 2 && finite(share)
		if straight {
			x = t.inner + int(math.Round(share*float64(t.outer-t.inner)))
		}
		x = min(max(x, min(t.inner, t.outer)+1), max(t.inner, t.outer)-1)
		y, err := at(x)
		if err != nil {
			return t, err
		}
		if (y >= 0) == (inside >= 0) {
			t.inner, inside = x, y
		} else {
			t.outer, outside = x, y
		}
		switch {
		case !straight:
			slow = 1
		case 2*size() > before:
			slow++
		}
	}
	return t, nil
}

// nearestFirst puts turns in the order of their distance from neutral.
func (s *search) nearestFirst(turns []turn) {
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(s.away(a.outer), s.away(b.outer)) })
}

// away is how far a place is from neutral.
func (l *line) away(steps int) int { return max(steps-l.neutral(), l.neutral()-steps) }

// mostExtremes is how many places are run with all replications to find the extreme.
const mostExtremes = 2

// extreme is the place at which the goal comes nearest to turning: the one with the best
// figure or, if the goal is met at neutral, with the worst. A few replications say which
// places may be it, and all of them whether the first of these beats neutral.
func (s *search) extreme(ctx context.Context, already bool) (int, error) {
	sign := 1.0
	if already {
		sign = -1
	}
	type place struct {
		steps  int
		figure float64 // the higher, the nearer
	}
	var places []place
	from, to := s.driver.ends()
	for _, steps := range slices.Concat([]int{s.neutral()}, s.driver.places(from), s.driver.places(to)) {
		f, _, err := s.roughly(ctx, steps)
		if err != nil {
			return 0, err
		}
		places = append(places, place{steps, sign * s.wanted().beyond(f)})
	}
	today := places[0]
	slices.SortStableFunc(places, func(a, b place) int { // of equals the farthest first
		return cmp.Or(cmp.Compare(b.figure, a.figure), cmp.Compare(s.away(b.steps), s.away(a.steps)))
	})
	for i, p := range places {
		if i == mostExtremes || !(p.figure > today.figure) {
			break
		}
		r, err := s.full(ctx, p.steps)
		if err != nil {
			return 0, err
		}
		if sign*s.wanted().beyond(r.figure) > today.figure {
			return p.steps, nil
		}
	}
	return today.steps, nil
}

// extremeOf is the extreme of the places that were run with all replications.
func (s *search) extremeOf(already bool) int {
	best, figure := s.neutral(), math.Inf(-1)
	for _, steps := range s.tried() {
		seen, ok := s.seen[inFull][steps]
		if !ok {
			continue
		}
		f := s.wanted().beyond(seen.readings[s.goal].figure)
		if already {
			f = -f
		}
		if f > figure {
			best, figure = steps, f
		}
	}
	return best
}

// tried are the places that were run, in order, with what all replications or, if only a
// few were run there, these gave.
func (l *line) tried() (places []int) {
	for _, how := range []int{inFew, inFull} {
		for steps := range l.seen[how] {
			places = append(places, steps)
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// best is what is known at a place that was run.
func (l *line) best(steps int) seen {
	if s, ok := l.seen[inFull][steps]; ok {
		return s
	}
	return l.seen[inFew][steps]
}

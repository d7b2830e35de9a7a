package markov

import (
	"fmt"
	"math"
)

// Span is a half-open range of cycles [From, To), counted from 0. To == 0
// means "for ever", so the zero value is "always".
type Span struct {
	From int `json:"from,omitempty"` // first cycle inside
	To   int `json:"to,omitempty"`   // first cycle after; 0 for ever
}

// Contains reports whether the cycle lies inside the span.
func (s Span) Contains(cycle int) bool {
	return cycle >= s.From && (s.To == 0 || cycle < s.To)
}

// String returns the span in words with both ends included: "cycles 0 to 25",
// "cycle 26 onwards", "every cycle".
func (s Span) String() string { return s.words("cycle") }

// words is String where a cycle has a name of its own, such as "week".
func (s Span) words(cycle string) string {
	switch {
	case s == Span{}:
		return "every " + cycle
	case s.To == 0:
		return fmt.Sprintf("%s %d onwards", cycle, s.From)
	case s.To == s.From+1:
		return fmt.Sprintf("%s %d", cycle, s.From)
	}
	return fmt.Sprintf("%ss %d to %d", cycle, s.From, s.To-1)
}

// validate returns what is wrong with a span that begins before cycle 0 or
// ends before it begins.
func (s Span) validate() error {
	if s.From < 0 || s.To < 0 || (s.To != 0 && s.To <= s.From) {
		return fmt.Errorf("span from %d to %d: a span must begin at 0 or later and end after it begins (0 for ever)", s.From, s.To)
	}
	return nil
}

// until is the first cycle after the span.
func (s Span) until() int {
	if s.To == 0 {
		return math.MaxInt
	}
	return s.To
}

func (s Span) overlaps(o Span) bool {
	return s.From < o.until() && o.From < s.until()
}

// cut divides the span, which must overlap o, at the ends of o.
func (s Span) cut(o Span) (outside []Span, inside Span) {
	inside = s
	if s.From < o.From {
		outside = append(outside, Span{s.From, o.From})
		inside.From = o.From
	}
	if o.until() < s.until() {
		outside = append(outside, Span{o.To, s.To})
		inside.To = o.To
	}
	return outside, inside
}

// And returns the cycles that lie in both spans, and whether there are any.
func (s Span) And(o Span) (both Span, ok bool) {
	if !s.overlaps(o) {
		return Span{}, false
	}
	_, both = s.cut(o)
	return both, true
}

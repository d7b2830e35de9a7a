package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Status says how far an input can be relied on. The zero value is Unstated.
type Status string

// The statuses.
const (
	Unstated  Status = ""          // the file does not say
	Assumed   Status = "assumed"   // chosen by whoever wrote the file; nothing is published
	Derived   Status = "derived"   // arithmetic on published figures
	Published Status = "published" // read in the source named
)

// String returns the word that stands for the status: "not stated" for Unstated.
func (s Status) String() string {
	if s == Unstated {
		return "not stated"
	}
	return string(s)
}

// MarshalText writes the word that stands for the status.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a status; the error lists the words that a file may use.
func (s *Status) UnmarshalText(text []byte) error {
	words := []string{string(Assumed), string(Derived), string(Published)}
	switch word := string(text); {
	case word == "" || word == Unstated.String():
		*s = Unstated
	case slices.Contains(words, word):
		*s = Status(word)
	default:
		return fmt.Errorf("there is no status called %q: write one of %s", word, strings.Join(words, ", "))
	}
	return nil
}

// Input is one line of the register of assumptions: an input, what it is set
// to, and where that came from.
type Input struct {
	Path   Path   `json:"path"`  // where it stands in the programme file
	Value  string `json:"value"` // as written
	Status Status `json:"status"`
	Source string `json:"source,omitempty"` // a short name in Programme.Sources, or free text
	Note   string `json:"note,omitempty"`
	By     string `json:"by,omitempty"` // the case or variant that set it; empty for the programme itself
	// SolvedFor is the result that the input was chosen to give; nil for any
	// other input. That result is then an input too, and proves nothing.
	SolvedFor *SolvedFor `json:"solved_for,omitempty"`
	// FittedTo is the last day of the published payments or results that the
	// input was fitted to; no date for any other input. That the model agrees with
	// what was published up to then proves nothing.
	FittedTo calendar.Date `json:"fitted_to,omitzero"`
	// Edition is of which edition of its source the input is, with its date, as
	// "Green Book, 5 February 2026"; empty where the file does not say.
	Edition string `json:"edition,omitempty"`
	// NextDue is by when a newer edition is due; no date where the file does not
	// say. After it the input may be out of date.
	NextDue calendar.Date `json:"next_due,omitzero"`
}

// SolvedFor is a result of the central projection that an input was chosen to
// give, in the words of the programme file.
type SolvedFor struct {
	Case    string `json:"case,omitempty"` // empty where the file does not say
	Measure string `json:"measure"`        // "internal rate of return"
	Result  string `json:"result"`         // "8%"
}

// Path is where a setting stands in a programme file: the names that lead to it,
// joined by dots, as in an edit: "cohorts.step-down.lag". An item of a list is
// named by its number, counted from 1. No name holds a dot.
type Path string

// Under reports whether the setting is the one that a pattern leads to, or stands
// inside it, and returns the names that the stars of the pattern stand for. A
// pattern is a path in which a star stands for any one name: the setting
// "metrics.M1.tariff.amount" is under "metrics.*.tariff", with the name "M1".
func (p Path) Under(pattern string) (names []string, ok bool) {
	own, left := string(p), true // whether own has a name yet
	for wanted := range strings.SplitSeq(pattern, ".") {
		if !left {
			return nil, false
		}
		var name string
		name, own, left = strings.Cut(own, ".")
		switch wanted {
		case "*":
			names = append(names, name)
		case name:
		default:
			return nil, false
		}
	}
	return names, true
}

// Source is a document that inputs refer to.
type Source struct {
	Name string `json:"name"` // short name, as used in Input.Source
	Text string `json:"text"` // what it is and where it can be read
}

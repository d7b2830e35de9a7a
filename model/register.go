package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/enum"
)

// Status says how far an input can be relied on.
type Status int

// The statuses.
const (
	Unstated  Status = iota // the file does not say
	Assumed                 // chosen by whoever wrote the file; nothing is published
	Derived                 // arithmetic on published figures
	Published               // read in the source named
)

var statusNames = []string{"not stated", "assumed", "derived", "published"}

// String returns "not stated", "assumed", "derived" or "published".
func (s Status) String() string { return enum.Name(s, statusNames) }

// MarshalText writes the status in words.
func (s Status) MarshalText() ([]byte, error) { return enum.Marshal(s, statusNames, "status") }

// UnmarshalText reads a status; the error lists the words that a file may use.
func (s *Status) UnmarshalText(text []byte) error {
	i := slices.Index(statusNames, string(text))
	if i < 0 {
		return fmt.Errorf("%q is no status: write one of %s", text, strings.Join(statusNames[1:], ", "))
	}
	*s = Status(i)
	return nil
}

// Input is one line of the register of assumptions: an input, what it is set
// to, and where that came from.
type Input struct {
	Path   string `json:"path"`  // where it stands in the programme file, names joined by dots
	Value  string `json:"value"` // as written
	Status Status `json:"status"`
	Source string `json:"source,omitempty"` // a short name in Programme.Sources, or free text
	Note   string `json:"note,omitempty"`
	By     string `json:"by,omitempty"` // the case or variant that set it; empty for the programme itself
}

// Source is a document that inputs refer to.
type Source struct {
	Name string `json:"name"` // short name, as used in Input.Source
	Text string `json:"text"` // what it is and where it can be read
}

// Package uncertain holds the laws of inputs that are not known exactly.
package uncertain

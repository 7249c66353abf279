package smtptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"time"
)

// Cert is what certificate a server shows.
type Cert int

// The certificates. Only the first should be accepted, and only by who trusts Roots.
const (
	Good       Cert = iota // signed by Roots, for 127.0.0.1 and localhost
	Expired                // signed by Roots, of 2001
	OtherName              // signed by Roots, for mail.example.com
	SelfSigned             // signed by itself, not in Roots
)

func certificate(kind Cert) (tls.Certificate, *x509.CertPool, error) {
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sink authority"},
		NotBefore: year(2000), NotAfter: year(2100), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "sink"}, NotBefore: year(2000), NotAfter: year(2100),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	switch kind {
	case Expired:
		leaf.NotAfter = year(2001)
	case OtherName:
		leaf.DNSNames, leaf.IPAddresses = []string{"mail.example.com"}, nil
	}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make key: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make key: %w", err)
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make authority: %w", err)
	}
	parent, signer := ca, caKey
	if kind == SelfSigned {
		parent, signer = leaf, key
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, parent, &key.PublicKey, signer)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make certificate: %w", err)
	}
	roots := x509.NewCertPool()
	authority, err := x509.ParseCertificate(caDER)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("read authority: %w", err)
	}
	roots.AddCert(authority)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots, nil
}
